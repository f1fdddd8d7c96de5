import type { Comments } from './comments';
import { nestedIn, refTo, schemaOf, type Class, type Schema } from './schemas';

/** Collects the schemas the document refers to, each class once under its own name. */
export class Components {
  private readonly known = new Map<string, { target: Class; schema: Schema; without: string }>();

  constructor(private readonly comments: Comments) {}

  /** A reference to the class's schema without these properties (they stand in the path, or the gateway knows them). */
  refer(target: Class, use: 'request' | 'reply', without: readonly string[] = []): Schema {
    const left = [...without].sort().join();
    const known = this.known.get(target.name);
    if (known && known.target !== target) throw new Error(`two payload classes are called ${target.name}`);
    if (known && known.without !== left) {
      throw new Error(
        `${target.name} is sent in two shapes (without "${known.without}" and without "${left}"): make it two classes`,
      );
    }
    if (!known) {
      const schema = reduced(schemaOf(target, use, this.comments), without);
      this.known.set(target.name, { target, schema, without: left });
      for (const nested of nestedIn(target)) this.refer(nested, use);
    }
    return refTo(target);
  }

  all(): Record<string, Schema> {
    return Object.fromEntries(
      [...this.known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { schema }]) => [name, schema]),
    );
  }
}

export function reduced(schema: Schema, without: readonly string[]): Schema {
  const properties = Object.fromEntries(
    Object.entries(schema.properties ?? {}).filter(([name]) => !without.includes(name)),
  );
  const required = schema.required?.filter((name) => !without.includes(name)) ?? [];
  const { required: _, ...rest } = schema;
  return { ...rest, properties, ...(required.length > 0 ? { required } : {}) };
}

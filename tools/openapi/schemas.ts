import 'reflect-metadata';
import type { Comments } from './comments';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import * as cv from 'class-validator';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import { defaultConverters, type ISchemaConverters } from 'class-validator-jsonschema/build/defaultConverters';

export type Class = new () => object;

/** JSON Schema 2020-12 as OpenAPI 3.1 takes it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  default?: unknown;
  [rule: string]: unknown;
}

const refPrefix = '#/components/schemas/';

function patternOf(meta: { constraints?: unknown[]; propertyName: string }): { pattern: string; type: 'string' } {
  const form = meta.constraints?.[0] as RegExp;
  if (/[^u]/.test(form.flags))
    throw new Error(`${meta.propertyName}: a pattern with flag ${form.flags} cannot be told in JSON Schema`);
  return { pattern: form.source, type: 'string' };
}

/** Where the package says too little or too much: bounds do not turn an integer into a number. */
const ownConverters: ISchemaConverters = {
  [cv.MATCHES]: patternOf,
  [cv.MIN]: (meta) => ({ minimum: meta.constraints[0] as number }),
  [cv.MAX]: (meta) => ({ maximum: meta.constraints[0] as number }),
  [cv.IS_NOT_EMPTY]: { minLength: 1 },
  [cv.IS_DEFINED]: {},
  [cv.IS_ISO8601]: { type: 'string', format: 'date-time' },
  [cv.IS_OBJECT]: { type: 'object', additionalProperties: true },
};

const storage = cv.getMetadataStorage();
const metadataOf = (target: Class) => storage.getTargetValidationMetadatas(target, '', true, false);

const ruleOf = (meta: ReturnType<typeof metadataOf>[number]): string =>
  (meta.constraintCls && storage.getTargetValidatorConstraints(meta.constraintCls)[0]?.name) || meta.type;

/** A decorator nobody has told how to describe would vanish from the document: it ends the run instead. */
function refuseUnknownRules(target: Class): void {
  for (const meta of metadataOf(target)) {
    const rule = ruleOf(meta);
    if (!(rule in defaultConverters) && !(rule in ownConverters)) {
      throw new Error(
        `${target.name}.${meta.propertyName}: no description for the decorator "${rule}" (tools/openapi/schemas.ts)`,
      );
    }
  }
}

/** The payload classes nested in this one. */
export function nestedIn(target: Class): Class[] {
  return metadataOf(target)
    .filter((meta) => meta.type === cv.ValidationTypes.NESTED_VALIDATION)
    .map((meta) => {
      const typed = defaultMetadataStorage.findTypeMetadata(meta.target as Class, meta.propertyName);
      if (!typed) throw new Error(`${target.name}.${meta.propertyName}: nested without @Type`);
      return typed.typeFunction() as Class;
    });
}

function commentOn(comments: Comments, target: Class, property: string): string | undefined {
  for (let at: unknown = target; typeof at === 'function' && at.name; at = Object.getPrototypeOf(at)) {
    const found = comments.properties.get(`${at.name}.${property}`);
    if (found) return found;
  }
  return undefined;
}

/** A property with an initial value may be left out of a request; what it is then stands in the schema. */
function withDefaults(schema: Schema, target: Class): Schema {
  const initial = new target() as Record<string, unknown>;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (initial[name] === undefined) continue;
    property.default = initial[name];
    schema.required = schema.required?.filter((required) => required !== name);
  }
  if (schema.required?.length === 0) delete schema.required;
  return schema;
}

/** The schema of one payload class, with the sentences of its source. */
export function schemaOf(target: Class, use: 'request' | 'reply', comments: Comments): Schema {
  refuseUnknownRules(target);
  const schema = structuredClone(
    targetConstructorToSchema(target, {
      classTransformerMetadataStorage: defaultMetadataStorage,
      refPointerPrefix: refPrefix,
      additionalConverters: ownConverters,
    }),
  ) as Schema;
  schema.type = 'object';
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const words = commentOn(comments, target, name);
    if (words) property.description = words;
  }
  const words = comments.classes.get(target.name);
  const described = { ...(words ? { description: words } : {}), ...schema };
  return use === 'request' ? withDefaults(described, target) : described;
}

export const refTo = (target: Class): Schema => ({ $ref: `${refPrefix}${target.name}` });

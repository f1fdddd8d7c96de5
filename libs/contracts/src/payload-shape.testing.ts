import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { getMetadataStorage } from 'class-validator';
import type { PayloadClass } from './contract';

type Meta = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** One decorator on a property, by the name class-validator gives its rule. */
export interface Rule {
  readonly name: string;
  readonly each: boolean;
  readonly constraints: readonly unknown[];
}

export interface PropertyShape {
  readonly name: string;
  readonly optional: boolean;
  readonly rules: readonly Rule[];
  /** Class of a nested payload. */
  readonly nested?: PayloadClass<object>;
  readonly isArray: boolean;
}

const storage = getMetadataStorage();

function ruleOf(meta: Meta): Rule {
  const name = (meta.constraintCls && storage.getTargetValidatorConstraints(meta.constraintCls)[0]?.name) || meta.type;
  return { name, each: meta.each, constraints: meta.constraints ?? [] };
}

function nestedOf(metas: readonly Meta[]): PayloadClass<object> | undefined {
  const nested = metas.find(({ type }) => type === 'nestedValidation');
  if (!nested) return undefined;
  const typed = defaultMetadataStorage.findTypeMetadata(nested.target as PayloadClass<object>, nested.propertyName);
  if (!typed)
    throw new Error(`${(nested.target as { name: string }).name}.${nested.propertyName} is nested without @Type`);
  return typed.typeFunction() as PayloadClass<object>;
}

/** What the decorators of a payload class say, inherited ones included, by property name. */
export function shapeOf(payload: PayloadClass<object>): PropertyShape[] {
  const metas = storage.getTargetValidationMetadatas(payload, '', true, false);
  const names = [...new Set(metas.map(({ propertyName }) => propertyName))].sort();
  return names.map((name) => {
    const own = metas.filter(({ propertyName }) => propertyName === name);
    return {
      name,
      optional: own.some(({ type }) => type === 'conditionalValidation'),
      rules: own.map(ruleOf).filter((rule) => !['conditionalValidation', 'nestedValidation'].includes(rule.name)),
      nested: nestedOf(own),
      isArray: Reflect.getMetadata('design:type', payload.prototype as object, name) === Array,
    };
  });
}

/** The class and every class nested in it. */
export function reachableFrom(
  payload: PayloadClass<object>,
  found = new Set<PayloadClass<object>>(),
): Set<PayloadClass<object>> {
  if (found.has(payload)) return found;
  found.add(payload);
  for (const { nested } of shapeOf(payload)) if (nested) reachableFrom(nested, found);
  return found;
}

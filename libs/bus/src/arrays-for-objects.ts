import { getMetadataStorage } from 'class-validator';

interface Nested {
  readonly property: string;
  readonly each: boolean;
}

interface Misplaced {
  readonly pointer: string;
  readonly field: string;
}

const remembered = new WeakMap<object, readonly Nested[]>();

function nestedIn(target: object): readonly Nested[] {
  const known = remembered.get(target);
  if (known) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(target as () => void, '', false, false);
  const nested = rules
    .filter(({ type }) => type === 'nestedValidation')
    .map(({ propertyName, each }) => ({ property: propertyName, each }));
  remembered.set(target, nested);
  return nested;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * Where an array stands in an object's place. class-validator looks into every array it meets for the objects, so that for it `[]` is as good as a
 * `Place`, and `[[]]` as a list of them.
 */
export function arraysForObjects(payload: object, parent = ''): Misplaced[] {
  const { constructor: target } = (Object.getPrototypeOf(payload) ?? {}) as { constructor?: object };
  return nestedIn(target ?? Object).flatMap(({ property, each }) => {
    const value = (payload as Record<string, unknown>)[property];
    const pointer = `${parent}/${property}`;
    if (!each || !Array.isArray(value)) return placed(value, pointer, property);
    return value.flatMap((one, at) => placed(one, `${pointer}/${at}`, property));
  });
}

const placed = (value: unknown, pointer: string, field: string): Misplaced[] => {
  if (Array.isArray(value)) return [{ pointer, field }];
  return isObject(value) ? arraysForObjects(value, pointer) : [];
};

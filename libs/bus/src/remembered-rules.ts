import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Rules = ReturnType<Storage['getTargetValidationMetadatas']>;

/**
 * class-validator looks through the rules of every class it knows for each object it validates (it might inherit from one):
 * with our some three hundred payload classes that is most of the price. The rules of a class are all there when its
 * module has been loaded, so they are looked for once. Groups and schemas, which we do not use, are passed through.
 */
export function rememberRules(storage: Storage = getMetadataStorage()): void {
  if (remembering.has(storage)) return;
  remembering.add(storage);
  const search = storage.getTargetValidationMetadatas.bind(storage);
  const group = storage.groupByPropertyName.bind(storage);
  const rulesOf = new Map<unknown, Rules>();
  const grouped = new WeakMap<Rules, ReturnType<typeof group>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (isName(schema) || always || strictGroups || groups) return search(target, schema, always, strictGroups, groups);
    const rules = rulesOf.get(target) ?? search(target, schema, always, strictGroups, groups);
    rulesOf.set(target, rules);
    return rules;
  };
  storage.groupByPropertyName = (rules) => {
    const known = grouped.get(rules) ?? group(rules);
    grouped.set(rules, known);
    return known;
  };
}

/** Typed as the name of a schema; with a nested object the validator hands over the class it is nested in, which changes no rule. */
const isName = (schema: unknown): boolean => typeof schema === 'string' && schema !== '';

const remembering = new WeakSet<Storage>();

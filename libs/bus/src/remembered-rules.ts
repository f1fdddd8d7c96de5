import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Rules = ReturnType<Storage['getTargetValidationMetadatas']>;

/**
 * class-validator looks through the rules of every class it knows for each object it validates (it might inherit from one):
 * with our some three hundred payload classes that is most of the price. The rules of a class are all there when its
 * module has been loaded, so they are looked for once, and once for each class it is nested in: its name comes as the schema. Groups, which we do
 * not use, are passed through.
 */
export function rememberRules(storage: Storage = getMetadataStorage()): void {
  if (remembering.has(storage)) return;
  remembering.add(storage);
  const search = storage.getTargetValidationMetadatas.bind(storage);
  const group = storage.groupByPropertyName.bind(storage);
  const remembered = new Map<string, WeakMap<object, Rules>>();
  const grouped = new WeakMap<Rules, ReturnType<typeof group>>();
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (always || strictGroups || groups) return search(target, schema, always, strictGroups, groups);
    const rulesOf = remembered.get(schema) ?? new WeakMap<object, Rules>();
    remembered.set(schema, rulesOf);
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

const remembering = new WeakSet<Storage>();

import { findIndicator, identityFacts, type IdentityFact, type Section, type SectionKey } from '@shidang/catalogue';
import type { Sql } from '@shidang/persistence';
import { gramsOf } from './grams';

/** The facts a school may mend; document and number are the registry's, they were claimed for this person. */
export const mendableFacts = ['name', 'sex', 'birthDate'] as const;
export type MendableFact = (typeof mendableFacts)[number];
export type MendedFacts = Partial<Record<MendableFact, string>>;

/** The identity fact behind a key of the basic section; a `name` elsewhere is the name of something else. */
export const factAt = (section: Section | SectionKey, key: string): IdentityFact | undefined =>
  findIndicator(section, key)?.identityFact;

export const isMendable = (fact: IdentityFact | undefined): fact is MendableFact =>
  fact !== undefined && (mendableFacts as readonly string[]).includes(fact);

/** Values by key of the basic section → the facts among them, which are columns of the teacher, and the rest. */
export function splitFacts<V>(section: SectionKey, values: Readonly<Record<string, V>>) {
  const facts: Partial<Record<MendableFact, V>> = {};
  const others: Record<string, V> = {};
  for (const [key, value] of Object.entries(values)) {
    const fact = section === 'basic' ? factAt(section, key) : undefined;
    if (isMendable(fact)) facts[fact] = value;
    else others[key] = value;
  }
  return { facts, others };
}

/** Facts by key of the basic section, as values are shown and kept in histories. */
export const factValues = (facts: MendedFacts): Record<string, string> =>
  Object.fromEntries(Object.entries(facts).map(([fact, value]) => [identityFacts[fact as MendableFact], value]));

/** A name is searched by its pieces: they change with it. */
export async function rewriteGrams(sql: Sql, teacherId: string, name: string): Promise<void> {
  await sql(`delete from gram where teacher_id = $1`, [teacherId], 'grams-gone');
  await sql(
    `insert into gram (city, gram, name, teacher_id, county, org_path)
     select t.city, g, $2, t.id, t.county, t.org_path from teacher t cross join unnest($3::text[]) g where t.id = $1`,
    [teacherId, name, gramsOf(name)],
    'grams-new',
  );
}

export async function mendFacts(sql: Sql, teacherId: string, facts: MendedFacts): Promise<void> {
  await sql(
    `update teacher set name = coalesce($2, name), sex = coalesce($3, sex), birth_date = coalesce($4::date, birth_date) where id = $1`,
    [teacherId, facts.name ?? null, facts.sex ?? null, facts.birthDate ?? null],
    'facts-mend',
  );
  if (facts.name !== undefined) await rewriteGrams(sql, teacherId, facts.name);
}

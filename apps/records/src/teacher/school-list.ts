import type { Caller } from '@shidang/access';
import type { Category } from '@shidang/catalogue';
import { recordsRefusals, type Finding } from '@shidang/contracts';
import type { Sql, Vault } from '@shidang/persistence';
import type { Facts } from './facts';
import { blindOf } from './new-teacher';

/** The template category teachers of the caller's school are collected with. */
export async function categoryOf(sql: Sql, caller: Caller): Promise<Category> {
  const [school] = await sql<{ category: Category | null }>(
    `select category from organisation where code = $1`,
    [caller.orgCode],
    'school-category',
  );
  if (!school?.category) throw recordsRefusals.schoolUnknown({});
  return school.category;
}

/** Numbers already on the caller's own list: blind index → teacher id. What is on file elsewhere only identity knows. */
export async function onOwnList(sql: Sql, vault: Vault, people: readonly Facts[]): Promise<Map<string, string>> {
  const rows = await sql<{ doc_blind: string; id: string }>(
    `select doc_blind, id from teacher where doc_blind = any($1::text[])`,
    [people.map((each) => blindOf(vault, each))],
    'own-list',
  );
  return new Map(rows.map((row) => [row.doc_blind, row.id]));
}

interface Namesake {
  name: string;
  birth_date: string;
  sex: string;
}

/** 查重 warns, never refuses: the same name, birth date and sex in scope under another number. */
export async function namesakes(sql: Sql, people: readonly Facts[]): Promise<(facts: Facts) => Finding[]> {
  const rows = await sql<Namesake>(
    `select distinct t.name, t.birth_date::text as birth_date, t.sex
     from jsonb_to_recordset($1::jsonb) as p(name text, birth_date date) join teacher t on t.name = p.name and t.birth_date = p.birth_date`,
    [JSON.stringify(people.map((each) => ({ name: each.name, birth_date: each.birthDate })))],
    'namesakes',
  );
  const known = new Set(rows.map((row) => `${row.name}|${row.birth_date}|${row.sex}`));
  return (facts) => (known.has(`${facts.name}|${facts.birthDate}|${facts.sex}`) ? [namesakeFinding] : []);
}

const namesakeFinding: Finding = {
  pointer: '/name',
  field: 'name',
  code: 'records.same_person_suspected',
  detail: '本单位已有姓名、出生日期、性别相同而证件号码不同的教师，请核对是否为同一人',
  detailEn:
    'Somebody of the same name, birth date and sex is on your list under another number; check whether it is one person',
};

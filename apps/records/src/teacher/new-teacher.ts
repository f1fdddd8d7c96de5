import { randomInt } from 'node:crypto';
import type { Caller } from '@shidang/access';
import {
  catalogueVersion,
  defaultsFor,
  isDivisionCode,
  maskDocumentNumber,
  provisionalPersonalCode,
  type Category,
  type Values,
} from '@shidang/catalogue';
import { teacherRegistered, type RegisterTeacher } from '@shidang/contracts';
import { newId, tell, type Sql, type SqlEntityManager, type Vault } from '@shidang/persistence';
import { placeOf } from '../organisation/place';
import { actorOf } from '../value/actor';
import { insertRows } from '../value/insert-rows';
import type { Facts } from './facts';
import { gramsOf } from './grams';

/** Somebody whose facts are right and whose number is claimed: ready to be written. */
export interface NewTeacher {
  teacherId: string;
  personId: string;
  facts: Facts;
  employment: RegisterTeacher['employment'];
}

export const blindOf = (vault: Vault, document: { documentType: string; documentNumber: string }): string =>
  vault.blind(`${document.documentType}|${document.documentNumber}`);

/** Writes teachers of the caller's school with their two single sections, set-based, and tells of each (工作方案 五(二)). */
export async function writeTeachers(
  context: { em: SqlEntityManager; sql: Sql; vault: Vault; caller: Caller; category: Category },
  teachers: readonly NewTeacher[],
): Promise<void> {
  const { em, sql, vault, caller, category } = context;
  const place = placeOf(caller.orgPath);
  const rows = teachers.map((each) => teacherRow(vault, caller, category, each));
  await insertRows(sql, 'teacher', teacherInsertColumns, rows);
  const grams = rows.flatMap(({ id, name }) =>
    gramsOf(name).map((gram) => ({ ...place, gram, name, teacher_id: id, org_path: caller.orgPath })),
  );
  await insertRows(sql, 'gram', ['city', 'gram', 'name', 'teacher_id', 'county', 'org_path'], grams);
  const entries = teachers.flatMap((each) => singleEntries(caller, each));
  await insertRows(sql, 'entry', entryInsertColumns, entries);
  const versions = entries.filter((each) => each.section === 'basic').map((each) => firstVersion(caller, each));
  await insertRows(sql, 'entry_version', versionInsertColumns, versions);
  for (const each of teachers) {
    await tell(
      em,
      teacherRegistered,
      {
        orgPath: caller.orgPath,
        actor: actorOf(caller),
        teacherId: each.teacherId,
        personId: each.personId,
        schoolCode: caller.orgCode,
        category,
        sex: each.facts.sex,
        birthMonth: each.facts.birthDate.slice(0, 7),
        version: 1,
      },
      each.teacherId,
    );
  }
}

const teacherInsertColumns = [
  'id',
  'person_id',
  'org_path',
  'school_code',
  'county',
  'city',
  'category',
  'name',
  'sex',
  'birth_date',
  'doc_type',
  'doc_sealed',
  'doc_masked',
  'doc_blind',
  'code_sealed',
  'code_masked',
  'code_form',
  'on_establishment',
  'contract_start',
  'contract_end',
  'post_kind',
] as const;

function teacherRow(
  vault: Vault,
  caller: Caller,
  category: Category,
  { teacherId, personId, facts, employment }: NewTeacher,
) {
  const code = provisionalCode(caller, facts.birthDate);
  return {
    id: teacherId,
    person_id: personId,
    org_path: caller.orgPath,
    school_code: caller.orgCode,
    ...placeOf(caller.orgPath),
    category,
    name: facts.name,
    sex: facts.sex,
    birth_date: facts.birthDate,
    doc_type: facts.documentType,
    doc_sealed: vault.seal(facts.documentNumber, { table: 'teacher', column: 'doc_sealed', row: teacherId }),
    doc_masked: maskDocumentNumber(facts.documentNumber),
    doc_blind: blindOf(vault, facts),
    code_sealed: vault.seal(code, { table: 'teacher', column: 'code_sealed', row: teacherId }),
    code_masked: code,
    code_form: 'L',
    on_establishment: employment.onEstablishment,
    contract_start: employment.contract?.start ?? null,
    contract_end: employment.contract?.end ?? null,
    post_kind: employment.postKind ?? null,
  };
}

/** `L` + division + birth date + four digits drawn at random: identifies until the formal code, claims nothing. */
function provisionalCode(caller: Caller, birthDate: string): string {
  const { county } = placeOf(caller.orgPath);
  const random = String(randomInt(10_000)).padStart(4, '0');
  return provisionalPersonalCode({ division: isDivisionCode(county) ? county : '000000', birthDate, random });
}

const entryInsertColumns = ['id', 'teacher_id', 'org_path', 'section', 'values', 'catalogue_version'] as const;

/** Single sections have their one row from the start, so that filling is always a change of a row that is there. */
function singleEntries(caller: Caller, { teacherId, employment }: NewTeacher) {
  const common = { teacher_id: teacherId, org_path: caller.orgPath, catalogue_version: catalogueVersion };
  return [
    { id: newId(), ...common, section: 'basic', values: employmentValues(employment) },
    { id: newId(), ...common, section: 'contact', values: {} },
  ];
}

/** What registration already knows of the basic section; the same values the sheet asks for later. */
function employmentValues(employment: RegisterTeacher['employment']): Values {
  const { personStatus } = defaultsFor('basic', 'primarySecondary');
  return {
    onEstablishment: employment.onEstablishment ? '1' : '0',
    ...(employment.contract && { contractStartDate: employment.contract.start }),
    ...(employment.contract?.end && { contractEndDate: employment.contract.end }),
    ...(personStatus && { personStatus }),
  };
}

const versionInsertColumns = [
  'id',
  'entry_id',
  'teacher_id',
  'org_path',
  'section',
  'version',
  'values',
  'changed_keys',
  'catalogue_version',
  'via',
  'account_id',
  'person_id',
  'role',
] as const;

const firstVersion = (caller: Caller, entry: ReturnType<typeof singleEntries>[number]) => ({
  id: newId(),
  entry_id: entry.id,
  teacher_id: entry.teacher_id,
  org_path: entry.org_path,
  section: entry.section,
  version: 1,
  values: entry.values,
  changed_keys: Object.keys(entry.values),
  catalogue_version: catalogueVersion,
  via: { kind: 'screen' },
  account_id: caller.accountId,
  person_id: caller.personId,
  role: caller.role,
});

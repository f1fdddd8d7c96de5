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
import { teacherRegistered, teachersRegistered, type RegisterTeacher } from '@shidang/contracts';
import { newId, tell, type Sql, type SqlEntityManager, type Statement, type Vault } from '@shidang/persistence';
import { placeOf, type Place } from '../organisation/place';
import { actorOf } from '../value/actor';
import { insertionOf } from '../value/insert-rows';
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

/** Writes teachers of the caller's school with their two single sections and tells of them: as many statements for two hundred as for one (工作方案 五(二)). */
export async function writeTeachers(
  context: { em: SqlEntityManager; sql: Sql; vault: Vault; caller: Caller; category: Category },
  teachers: readonly NewTeacher[],
): Promise<void> {
  if (teachers.length === 0) return;
  const { em, sql, vault, caller, category } = context;
  const place = placeOf(caller.orgPath);
  const rows = teachers.map((each) => ({
    ...{ org_path: caller.orgPath, school_code: caller.orgCode, ...place, category },
    ...teacherRow(vault, place, each),
  }));
  await sql.together(
    insertionOf('teacher', teacherInsertColumns, rows),
    gramsInsertion(caller.orgPath, place, rows),
    entriesInsertion(caller, teachers),
  );
  await tellRegistered(em, caller, category, teachers);
}

/** One alone in the order of his record; of a list at once. */
async function tellRegistered(
  em: SqlEntityManager,
  caller: Caller,
  category: Category,
  teachers: readonly NewTeacher[],
): Promise<void> {
  const common = { orgPath: caller.orgPath, actor: actorOf(caller), schoolCode: caller.orgCode, category };
  const registered = teachers.map(({ teacherId, personId, facts: { sex, birthDate } }) => {
    return { teacherId, personId, sex, birthMonth: birthDate.slice(0, 7), version: 1 };
  });
  const [one, ...others] = registered;
  if (one && others.length === 0) await tell(em, teacherRegistered, { ...common, ...one }, one.teacherId);
  else await tell(em, teachersRegistered, { ...common, teachers: registered }, newId());
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

function teacherRow(vault: Vault, place: Place, { teacherId, personId, facts, employment }: NewTeacher) {
  const code = provisionalCode(place, facts.birthDate);
  return {
    id: teacherId,
    person_id: personId,
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
function provisionalCode({ county }: Place, birthDate: string): string {
  const random = String(randomInt(10_000)).padStart(4, '0');
  return provisionalPersonalCode({ division: isDivisionCode(county) ? county : '000000', birthDate, random });
}

/** The pieces a name is found by; the place is that of the school. */
function gramsInsertion(
  orgPath: string,
  { city, county }: Place,
  rows: readonly { id: string; name: string }[],
): Statement {
  const pieces = rows.flatMap(({ id, name }) => gramsOf(name).map((gram) => ({ id, name, gram })));
  return {
    name: 'grams-of-new',
    text: `insert into gram (city, gram, name, teacher_id, county, org_path)
      select $1, p.gram, p.name, p.id, $2, $3 from unnest($4::text[], $5::text[], $6::uuid[]) as p (gram, name, id)`,
    params: [
      ...[city, county, orgPath],
      ...[pieces.map(({ gram }) => gram), pieces.map(({ name }) => name), pieces.map(({ id }) => id)],
    ],
  };
}

/**
 * Single sections have their one row from the start, so that filling is always a change of a row that is there. What is
 * known of the basic one is its first version.
 */
function entriesInsertion(caller: Caller, teachers: readonly NewTeacher[]): Statement {
  const rows = teachers.map(({ teacherId, employment }) => {
    const known = employmentValues(employment);
    return { teacher: teacherId, basic: newId(), contact: newId(), version: newId(), known, keys: Object.keys(known) };
  });
  return {
    name: 'sections-of-new',
    text: `with u as materialized (
        select * from jsonb_to_recordset($1::jsonb) as u (teacher uuid, basic uuid, contact uuid, version uuid, known jsonb, keys text[])
      ), added as (
        insert into entry (id, teacher_id, org_path, section, "values", catalogue_version)
        select e.id, u.teacher, $2, e.section, e.known, $3
        from u cross join lateral (values (u.basic, 'basic', u.known), (u.contact, 'contact', '{}'::jsonb)) as e (id, section, known)
      )
      insert into entry_version (id, entry_id, teacher_id, org_path, section, version, "values", changed_keys, catalogue_version, via,
        account_id, person_id, role)
      select u.version, u.basic, u.teacher, $2, 'basic', 1, u.known, u.keys, $3, '{"kind":"screen"}', $4, $5, $6 from u`,
    params: [
      JSON.stringify(rows),
      ...[caller.orgPath, catalogueVersion, caller.accountId, caller.personId, caller.role],
    ],
  };
}

const { personStatus } = defaultsFor('basic', 'primarySecondary');

/** What registration already knows of the basic section; the same values the sheet asks for later. */
function employmentValues(employment: RegisterTeacher['employment']): Values {
  return {
    onEstablishment: employment.onEstablishment ? '1' : '0',
    ...(employment.contract && { contractStartDate: employment.contract.start }),
    ...(employment.contract?.end && { contractEndDate: employment.contract.end }),
    ...(personStatus && { personStatus }),
  };
}

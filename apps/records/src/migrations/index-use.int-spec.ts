import {
  listTeachers,
  readHistory,
  labelTeachers,
  readCompleteness,
  requestChange,
  listChangeRequests,
} from '@shidang/contracts';
import { eventually } from '@shidang/testing';
import { aCaller, city, county, RecordsSuite, type School } from '../records.testing';

/** 10,000 teachers of 200 schools in twenty provinces, three rows each: what a table looks like when a sequential scan hurts. */
const crowd = `
  insert into teacher (id, person_id, org_path, school_code, county, city, category, name, sex, birth_date, doc_type, doc_sealed, doc_masked,
                       doc_blind, code_sealed, code_masked, code_form, on_establishment)
  select gen_random_uuid(), gen_random_uuid(), '0.' || p || '.' || p || '11.' || p || '1121.' || s || '.', s, p || '1121', p || '1100', 'primarySecondary', n, '1',
         date '1980-01-01' + i % 9000, '1', 'x', 'x', md5(i::text), 'x', 'x', 'L', true
  from (select i, (2133500000 + i % 200)::text as s, (14 + i % 20)::text as p,
               substr('王李张刘陈杨赵黄周吴', 1 + i % 10, 1) || substr('伟芳娜敏静丽强磊军洋', 1 + i / 10 % 10, 1) || substr('明东海燕春雪梅云飞龙', 1 + i / 100 % 10, 1) as n
        from generate_series(1, 10000) i) made;
  insert into gram (city, gram, name, teacher_id, county, org_path)
  select t.city, g, t.name, t.id, t.county, t.org_path from teacher t cross join lateral (
    select distinct unnest(array[substr(t.name, 1, 1), substr(t.name, 2, 1), substr(t.name, 3, 1), substr(t.name, 1, 2), substr(t.name, 2, 2)]) as g) each;
  insert into entry (id, teacher_id, org_path, section, natural_key, "values", catalogue_version)
  select gen_random_uuid(), t.id, t.org_path, s, s, '{}', '1' from teacher t cross join (values ('education'), ('work'), ('post')) of_section(s);
  insert into entry_version (id, entry_id, teacher_id, org_path, section, version, "values", changed_keys, catalogue_version, via, account_id, person_id, role)
  select gen_random_uuid(), e.id, e.teacher_id, e.org_path, e.section, 1, '{}', '{}', '1', '{}', gen_random_uuid(), gen_random_uuid(), 'teacher' from entry e;
  insert into submission (id, teacher_id, org_path, school_code, category, kind, state, content, content_hash, catalogue_version, contributors,
                          rule_hits, submitted_by, submitted_person, submitted_role)
  select gen_random_uuid(), id, org_path, school_code, category, 'first', 'approved', '{"entries": [], "changes": []}', '', '1', '{}', '[]',
         gen_random_uuid(), gen_random_uuid(), 'teacher' from teacher;
  insert into change_request (id, teacher_id, org_path, entry_id, section, indicator, reason, state, submission_id, requested_by, requested_person)
  select gen_random_uuid(), s.teacher_id, s.org_path, gen_random_uuid(), 'education', 'major', '', 'approved', s.id, s.submitted_by, s.submitted_person
  from submission s;
  insert into effective_version (teacher_id, version, org_path, submission_id, kind, content, catalogue_version, effective_from)
  select teacher_id, 1, org_path, id, kind, '{}', '1', now() from submission;`;

const big = ['teacher', 'gram', 'entry', 'entry_version', 'submission', 'change_request', 'effective_version'];

describe('queries over large tables', () => {
  let suite: RecordsSuite;
  let school: School;

  beforeAll(async () => {
    suite = await RecordsSuite.start();
    school = await suite.school();
    for (const statement of crowd.split(/;\n|;$/).filter((each) => each.trim())) await suite.service.rows(statement);
    for (const table of big) await suite.service.rows(`vacuum analyze "${table}"`);
  }, 120_000);
  afterAll(() => suite.stop());

  const scans = async () =>
    Object.fromEntries(
      (
        await suite.service.rows<{ relname: string; seq_scan: string; idx_scan: string }>(
          `select relname, seq_scan, idx_scan from pg_stat_user_tables where relname = any($1)`,
          [big],
        )
      ).map((row) => [row.relname, { sequential: Number(row.seq_scan), indexed: Number(row.idx_scan) }]),
    );

  test('the whole path of a record and every list use an index', async () => {
    const before = await scans();
    const { id } = await suite.effectiveTeacher(school);
    const [study] = (await suite.section(school.information, id, 'education')).entries;
    const change = { teacherId: id, entryId: study!.id, indicator: 'major', value: '音乐', reason: '更正专业' };
    for (const caller of [
      school.information,
      aCaller('informationAdministrator', county),
      aCaller('informationViewer', city),
    ]) {
      await suite.service.ask(listTeachers, {}, caller);
      await suite.service.ask(listTeachers, { status: 'effective', category: 'primarySecondary' }, caller);
      for (const q of ['王', '王伟', '王伟明']) await suite.service.ask(listTeachers, { q }, caller);
      await suite.service.ask(listChangeRequests, {}, caller);
    }
    await suite.service.ask(requestChange, change, school.information);
    await suite.service.ask(listTeachers, { limit: 20 }, aCaller('informationViewer', '0.33.'));
    await suite.service.ask(readHistory, { teacherId: id }, school.information);
    await suite.service.ask(readCompleteness, { teacherId: id }, school.information);
    await suite.service.ask(labelTeachers, { teacherIds: [id] }, school.information);
    await suite.section(school.information, id, 'education', new Date().toISOString());
    await eventually(
      async () => {
        const after = await scans();
        for (const table of big) expect(after[table]!.indexed).toBeGreaterThan(before[table]!.indexed);
      },
      'PostgreSQL has counted the scans',
      { timeout: 15_000 },
    );
    const after = await scans();
    const sequential = big.filter((table) => after[table]!.sequential > before[table]!.sequential);
    expect(sequential).toEqual([]);
  }, 60_000);
});

import {
  listTeachers,
  readTeacher,
  registerTeacher,
  registerTeachers,
  labelTeachers,
  type Refusal,
} from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { newId } from '@shidang/persistence';
import { eventually } from '@shidang/testing';
import { aCaller, city, county, RecordsSuite, type School } from '../records.testing';

const refused = (promise: Promise<unknown>): Promise<Refusal['body']> =>
  promise.then(
    () => Promise.reject(new Error('it was not refused')),
    (refusal: Refusal) => refusal.body,
  );

/** 工作方案 五(二): 一人一号. */
describe('registering teachers', () => {
  let suite: RecordsSuite;
  let school: School;
  let other: School;

  beforeAll(async () => {
    suite = await RecordsSuite.start();
    school = await suite.school();
    other = await suite.school();
  });
  afterAll(() => suite.stop());

  test('a wrong number is refused with a finding that says which digit it should be', async () => {
    const facts = suite.facts();
    const last = facts.document.number.endsWith('1') ? '2' : '1';
    facts.document.number = facts.document.number.slice(0, 17) + last;
    const body = await refused(suite.register(school, facts));
    expect(body).toMatchObject({ code: 'records.facts_wrong', kind: 'invalid' });
    expect(body.errors?.map((each) => each.pointer)).toEqual(['/document/number']);
  });

  test('retired staff and short contracts are refused by the name of the rule', async () => {
    const facts = suite.facts();
    const retired = { ...facts, employment: { onEstablishment: true, retired: true } };
    expect(await refused(suite.register(school, retired))).toMatchObject({
      code: 'records.out_of_collection',
      facts: { rule: 'retired' },
    });
    const short = {
      onEstablishment: false,
      postKind: 'teaching' as const,
      contract: { start: '2026-09-01', end: '2027-01-31' },
    };
    expect(await refused(suite.register(school, { ...facts, employment: short }))).toMatchObject({
      facts: { rule: 'contract_too_short' },
    });
  });

  test('a number on file elsewhere says only that; the own list says whose it is', async () => {
    const facts = suite.facts();
    const { teacher } = await suite.register(school, facts);
    const elsewhere = await refused(suite.register(other, facts));
    expect(elsewhere).toMatchObject({ code: 'records.number_on_file', facts: {} });
    expect(JSON.stringify(elsewhere)).not.toContain(school.code);
    expect(await refused(suite.register(school, facts))).toMatchObject({
      code: 'records.teacher_already_registered',
      facts: { teacherId: teacher.id },
    });
  });

  test('the claim of who is registered is confirmed, so that it does not lapse', async () => {
    const { teacher } = await suite.register(school);
    const list = { teachers: [suite.facts(), suite.facts()] };
    const made = await suite.service.ask(registerTeachers, list, school.system);
    for (const id of [teacher.id, ...made.rows.map((row) => row.teacherId!)])
      await eventually(() => Promise.resolve(suite.confirmed.has(id)), 'the claim is confirmed');
  });

  test('of twenty schools that enter one person at once exactly one wins', async () => {
    const schools = await Promise.all(Array.from({ length: 20 }, () => suite.school()));
    const facts = suite.facts();
    const results = await Promise.allSettled(schools.map((each) => suite.register(each, facts)));
    expect(results.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
  });

  test('the same name, birth date and sex under another number is a warning', async () => {
    const passport = { ...suite.facts(), name: '沈若水', document: { type: 'A', number: 'E10000001' } };
    await suite.register(school, passport);
    const again = await suite.register(school, { ...passport, document: { type: 'A', number: 'E10000002' } });
    expect(again.warnings.map((each) => each.code)).toEqual(['records.same_person_suspected']);
  });

  test('a list registers its good rows and lists its bad ones', async () => {
    const good = [suite.facts(), suite.facts()];
    const bad = { ...suite.facts(), sex: '不详' };
    const retired = { ...suite.facts(), employment: { onEstablishment: true, retired: true } };
    const teachers = [good[0]!, bad, good[1]!, good[0]!, retired];
    const made = await suite.service.ask(registerTeachers, { teachers }, school.system);
    expect(made).toMatchObject({ registered: 2, refused: 3 });
    expect(made.rows.map((row) => row.findings.map((each) => [each.pointer, each.code]))).toEqual([
      [],
      [['/teachers/1/sex', expect.any(String)]],
      [],
      [['/teachers/3/document/number', 'records.twice_in_list']],
      [['/teachers/4/employment', 'records.out_of_collection']],
    ]);
    const registered = made.rows.flatMap((row) => row.teacherId ?? []);
    const told = await suite.service.rows<{ teachers: { teacherId: string }[] }>(
      `select payload -> 'teachers' as teachers from outbox
       where subject = 'evt.records.teachers-registered' and payload -> 'teachers' @> $1::jsonb`,
      [JSON.stringify([{ teacherId: registered[0] }])],
    );
    expect(told.map(({ teachers }) => teachers.map(({ teacherId }) => teacherId))).toEqual([registered]);
  });

  test('only the system administrator of the school registers', async () => {
    for (const caller of [school.information, school.principal, aCaller('systemAdministrator', county)])
      expect(await refused(suite.service.ask(registerTeacher, suite.facts(), caller))).toMatchObject({
        code: 'request.forbidden',
      });
  });

  test('a school that has not arrived in the replica is told to wait', async () => {
    const stranger = aCaller('systemAdministrator', `${county}2133999999.`);
    expect(await refused(suite.service.ask(registerTeacher, suite.facts(), stranger))).toMatchObject({
      code: 'records.school_unknown',
    });
  });

  test('the number is nowhere in the clear, the answer to a repeated key is the same', async () => {
    const facts = suite.facts();
    const key = { idempotencyKey: newId() };
    const first = await suite.service.ask(registerTeacher, facts, school.system, key);
    const second = await suite.service.ask(registerTeacher, facts, school.system, key);
    expect(second.teacher.id).toBe(first.teacher.id);
    for (const table of ['teacher', 'entry', 'entry_version', 'outbox', 'audit_event', 'idempotency']) {
      const rows = await suite.service.rows(`select 1 from ${table} t where t::text like $1`, [
        `%${facts.document.number}%`,
      ]);
      expect({ table, rows }).toEqual({ table, rows: [] });
    }
  });
});

describe('a try that dies between the claim and its commit (W4)', () => {
  let suite: RecordsSuite;
  let school: School;
  let other: School;

  beforeAll(async () => {
    suite = await RecordsSuite.start();
    school = await suite.school();
    other = await suite.school();
  });
  afterAll(() => suite.stop());

  /** While the statement's transaction is open, as superuser of the suite's database. */
  const holding = (statement: string, run: () => Promise<void>, params: unknown[] = []): Promise<void> =>
    asAdmin(suite.service.database.adminUrl, async (client) => {
      await client.query('begin');
      await client.query(statement, params);
      await run();
      await client.query('rollback');
    });

  /** A lock others hold for longer than 3 s: the answer is to ask again. */
  const busy = async (attempt: Promise<unknown>): Promise<void> => {
    expect(await refused(attempt)).toMatchObject({ code: 'request.unavailable' });
  };

  test('leaves its claim to the next try under the same key, and to nobody else', async () => {
    const [facts, key] = [suite.facts(), { idempotencyKey: newId() }];
    const tried = () => suite.service.ask(registerTeacher, facts, school.system, key);
    await holding('lock table teacher in share mode', () => busy(tried()));
    expect(await refused(suite.register(other, facts))).toMatchObject({ code: 'records.number_on_file' });
    const made = await tried();
    expect(await tried()).toEqual(made);
    expect((await suite.teacher(school.information, made.teacher.id)).id).toBe(made.teacher.id);
  });

  test('leaves the claims of a list to the next try of the list', async () => {
    const [list, key] = [{ teachers: [suite.facts(), suite.facts()] }, { idempotencyKey: newId() }];
    const tried = () => suite.service.ask(registerTeachers, list, school.system, key);
    await holding('lock table teacher in share mode', () => busy(tried()));
    expect(await tried()).toMatchObject({ registered: 2, refused: 0 });
  });

  test('a second try while the first still runs does not give up what they share', async () => {
    const [facts, idempotencyKey] = [suite.facts(), newId()];
    const tried = () => suite.service.ask(registerTeacher, facts, school.system, { idempotencyKey });
    const first = `${school.system.accountId}/${registerTeacher.name}/${idempotencyKey}`;
    await holding(
      'select pg_advisory_xact_lock(hashtextextended($1, 0))',
      async () => expect(await refused(tried())).toMatchObject({ code: 'request.idempotency_in_progress' }),
      [first],
    );
    expect(await refused(suite.register(other, facts))).toMatchObject({ code: 'records.number_on_file' });
    await tried();
  });
});

describe('lists of teachers (工作方案 五(六))', () => {
  let suite: RecordsSuite;
  let school: School;
  let cousin: School;
  const names = ['钟一诺', '钟一明', '雷子涵', '蓝文涛', '蓝若水'];

  beforeAll(async () => {
    suite = await RecordsSuite.start();
    school = await suite.school();
    cousin = await suite.school('0.33.3311.331121.');
    for (const name of names) await suite.register(school, { ...suite.facts(), name });
    await suite.register(cousin, { ...suite.facts(), name: '钟一诺' });
  });
  afterAll(() => suite.stop());

  test('pages by name with a signed cursor and an exact total', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await suite.service.ask(listTeachers, { limit: 2, cursor }, school.information);
      expect(page.page).toMatchObject({ total: 5, totalIsExact: true });
      seen.push(...page.items.map((each) => each.name));
      cursor = page.page.next;
    } while (cursor);
    expect(seen).toEqual([...names].sort());
    const first = await suite.service.ask(listTeachers, { limit: 2 }, school.information);
    expect(await refused(suite.service.ask(listTeachers, { cursor: first.page.next }, school.principal))).toMatchObject(
      { code: 'request.malformed' },
    );
  });

  test('a cursor goes on with its own list only', async () => {
    const first = await suite.service.ask(listTeachers, { limit: 2 }, school.information);
    for (const other of [{ status: 'draft' as const }, { q: '钟' }, { organisation: school.code }])
      expect(
        await refused(suite.service.ask(listTeachers, { ...other, cursor: first.page.next }, school.information)),
      ).toMatchObject({ kind: 'malformed' });
  });

  test.each([
    ['钟', 2],
    ['一诺', 1],
    ['钟一诺', 1],
    ['诺一', 0],
    ['若', 1],
  ])('finds "%s" by pieces of the name, %i in the county', async (q, n) => {
    const page = await suite.service.ask(listTeachers, { q }, aCaller('informationAdministrator', county));
    expect([page.items.length, page.page.total]).toEqual([n, n]);
  });

  test('a city sees both counties, one school when it asks for one', async () => {
    const caller = aCaller('informationViewer', city);
    expect((await suite.service.ask(listTeachers, { q: '钟一诺' }, caller)).page.total).toBe(2);
    const one = await suite.service.ask(listTeachers, { q: '钟一诺', organisation: cousin.code }, caller);
    expect(one.items.map((each) => each.organisation)).toEqual([cousin.code]);
    const filtered = await suite.service.ask(listTeachers, { status: 'effective' }, caller);
    expect(filtered.page.total).toBe(0);
  });

  test('above the city by organisation and name, and a name search wants a city first', async () => {
    const caller = aCaller('informationAdministrator', '0.33.');
    const first = await suite.service.ask(listTeachers, { limit: 4 }, caller);
    const rest = await suite.service.ask(listTeachers, { limit: 4, cursor: first.page.next }, caller);
    expect(first.items.length + rest.items.length).toBe(6);
    expect(await refused(suite.service.ask(listTeachers, { q: '钟' }, caller))).toMatchObject({
      code: 'records.search_too_wide',
    });
  });

  test('out of scope reads as nonexistent: list, single, label', async () => {
    const [mine] = (await suite.service.ask(listTeachers, {}, cousin.information)).items;
    const caller = school.information;
    const foreign = await refused(suite.service.ask(readTeacher, { teacherId: mine!.id }, caller));
    const nobody = await refused(suite.service.ask(readTeacher, { teacherId: newId() }, caller));
    expect(foreign).toEqual(nobody);
    expect(await suite.service.ask(labelTeachers, { teacherIds: [mine!.id] }, caller)).toEqual({ labels: [] });
    expect(await refused(suite.service.ask(listTeachers, { organisation: cousin.code }, caller))).toMatchObject({
      code: 'records.organisation_not_found',
    });
  });

  test('a teacher reaches himself and no colleague', async () => {
    const [own, colleague] = (await suite.service.ask(listTeachers, {}, school.information)).items;
    const self = aCaller('teacher', school.path, { teacherId: own!.id });
    expect((await suite.service.ask(listTeachers, {}, self)).items.map((each) => each.id)).toEqual([own!.id]);
    expect(await refused(suite.service.ask(readTeacher, { teacherId: colleague!.id }, self))).toMatchObject({
      code: 'records.teacher_not_found',
    });
  });
});

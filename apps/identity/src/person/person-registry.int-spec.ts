import {
  countAccounts,
  claimPerson,
  claimPersons,
  confirmPersons,
  createAccount,
  createSession,
  foundOrganisation,
  issueSlip,
  issueSlips,
  listAccounts,
  redeemActivation,
  releasePerson,
  teacherRegistered,
  teachersRegistered,
  type ClaimPerson,
  type TeacherRegistered,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually, ServiceSuite } from '@shidang/testing';
import { identity as identityService } from '../identity.service';
import { aDocument, goodPassword, refusalOf, RunningIdentity, type SignedIn } from '../identity.testing';

const durable = 'identity-make-listed-accounts';
const school = { code: '2133001234', name: '莲都区实验小学', runningType: '211' };

describe('person registry (一人一号)', () => {
  let suite: ServiceSuite;
  let identity: RunningIdentity;
  let administrator: SignedIn;

  beforeAll(async () => {
    suite = await ServiceSuite.start(identityService, { CLAIM_SECONDS: '600' });
    identity = await RunningIdentity.on(suite);
    const centre = await identity.centre();
    await identity.ask(foundOrganisation, { code: '330000', name: '浙江省教育厅' }, centre);
    const province = await identity.administratorBelow(centre, '330000');
    await identity.ask(foundOrganisation, school, province);
    administrator = await identity.administratorBelow(province, school.code);
  }, 60_000);
  afterAll(() => identity?.stop());

  const aClaim = (more: Partial<ClaimPerson> = {}): ClaimPerson => ({
    teacherId: newId(),
    name: '陈老师',
    document: aDocument(),
    ...more,
  });
  const claim = (more?: Partial<ClaimPerson>) => identity.fromRecords(claimPerson, aClaim(more));
  const age = (teacherId: string) =>
    identity.rows(`update person set claimed_at = now() - interval '601 seconds' where teacher_id = $1`, [teacherId]);

  test('fifty schools that enter one person at once: exactly one wins', async () => {
    const document = aDocument();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => claim({ document })));
    expect(outcomes.filter((each) => each.outcome === 'claimed')).toHaveLength(1);
    expect(outcomes.filter((each) => each.outcome === 'on-file')).toHaveLength(49);
    expect(outcomes.filter((each) => each.outcome === 'on-file').every((each) => each.personId === undefined)).toBe(
      true,
    );
  });

  test('is idempotent by teacher', async () => {
    const wish = aClaim();
    const first = await identity.fromRecords(claimPerson, wish);
    expect(await identity.fromRecords(claimPerson, wish)).toEqual(first);
    await identity.fromRecords(confirmPersons, { teacherIds: [wish.teacherId] });
    expect(await identity.fromRecords(claimPerson, wish)).toEqual(first);
  });

  test('an unconfirmed claim lapses, a confirmed one stays', async () => {
    const document = aDocument();
    const lost = aClaim({ document });
    await identity.fromRecords(claimPerson, lost);
    await age(lost.teacherId);
    const second = aClaim({ document, name: '真名字' });
    expect((await identity.fromRecords(claimPerson, second)).outcome).toBe('claimed');
    expect(await identity.fromRecords(confirmPersons, { teacherIds: [lost.teacherId, second.teacherId] })).toEqual({
      confirmed: [second.teacherId],
    });
    await age(second.teacherId);
    expect((await claim({ document })).outcome).toBe('on-file');
  });

  test('a released claim is free again, a confirmed one is not released', async () => {
    const document = aDocument();
    const first = aClaim({ document });
    await identity.fromRecords(claimPerson, first);
    await identity.fromRecords(releasePerson, { teacherId: first.teacherId });
    const second = aClaim({ document });
    expect((await identity.fromRecords(claimPerson, second)).outcome).toBe('claimed');
    await identity.fromRecords(confirmPersons, { teacherIds: [second.teacherId] });
    await identity.fromRecords(releasePerson, { teacherId: second.teacherId });
    expect((await claim({ document })).outcome).toBe('on-file');
  });

  test('a number mended before the registration gives the first one up', async () => {
    const [wrong, right] = [aDocument(), aDocument()];
    const teacherId = newId();
    await claim({ teacherId, document: wrong });
    expect((await claim({ teacherId, document: right })).outcome).toBe('claimed');
    expect((await claim({ document: wrong })).outcome).toBe('claimed');
  });

  test('one number in every form people type it', async () => {
    const document = aDocument();
    await claim({ document });
    const typed = ` ${document.number.slice(0, 6)}-${document.number.slice(6, 14)} ${document.number.slice(14).toLowerCase()} `;
    const wide = document.number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    for (const number of [typed, wide])
      expect((await claim({ document: { type: '1', number } })).outcome).toBe('on-file');
  });

  test('a wrong number is refused with the reason', async () => {
    expect(await refusalOf(claim({ document: { type: '1', number: '331102198001010018' } }))).toBe(
      'identity.document_invalid',
    );
  });

  test('a list gives an outcome each, and the first of two in one list has it', async () => {
    const document = aDocument();
    const claims = [aClaim({ document }), aClaim({ document }), aClaim()];
    const { outcomes } = await identity.fromRecords(claimPersons, { claims });
    expect(outcomes.map((each) => each.outcome)).toEqual(['claimed', 'on-file', 'claimed']);
  });

  test('who has an account already is met by document; under another name nothing is claimed', async () => {
    const document = aDocument();
    const user = await identity.activate(
      await identity.ask(issueSlip, { accountId: (await principal()).accountId }, administrator),
      '吴校长',
      document,
    );
    expect(await claim({ document, name: '别人' })).toMatchObject({ outcome: 'name-differs' });
    expect(await claim({ document, name: '吴校长' })).toMatchObject({
      outcome: 'claimed',
      personId: user.caller.personId,
    });
  });

  const principal = () => identity.ask(createAccount, { role: 'principal' }, administrator);

  describe('the teacher’s account', () => {
    const register = async (document = aDocument()) => {
      const teacherId = newId();
      const { personId } = await claim({ teacherId, document });
      const fact: TeacherRegistered = {
        orgPath: administrator.caller.orgPath,
        teacherId,
        personId: personId!,
        schoolCode: school.code,
        category: 'primarySecondary',
        sex: '1',
        birthMonth: '1980-01',
        version: 1,
        at: new Date().toISOString(),
      };
      return { fact, document };
    };
    const publish = (fact: TeacherRegistered) => identity.suite.tell(teacherRegistered, fact);
    const accountOf = (teacherId: string) =>
      eventually(async () => {
        const page = await identity.ask(listAccounts, { role: 'teacher', limit: 200 }, administrator);
        return page.items.find((each) => each.teacherId === teacherId) ?? false;
      }, 'the teacher has an account');

    test('is made on registration, once, and told with its person', async () => {
      const { fact } = await register();
      await publish(fact);
      const account = await accountOf(fact.teacherId);
      expect(account).toMatchObject({ status: 'issued', name: '陈老师', organisation: school.code });
      await publish(fact);
      const told = await eventually(async () => {
        const rows = await identity.rows<{ payload: unknown }>(
          `select payload from outbox where subject = 'evt.identity.post-granted' and payload ->> 'teacherId' = $1`,
          [fact.teacherId],
        );
        const seen = await identity.rows(`select 1 from inbox where durable = 'identity-make-teacher-account'`);
        return seen.length >= 2 && rows;
      }, 'both messages are applied');
      expect(told).toHaveLength(1);
      expect(told[0]?.payload).toMatchObject({ role: 'teacher', personId: fact.personId });
      expect(await identity.rows(`select 1 from account where teacher_id = $1`, [fact.teacherId])).toHaveLength(1);
    });

    /** So many claimed, as records tells of them. */
    const aList = async (length: number) => {
      const claims = Array.from({ length }, () => aClaim());
      const { outcomes } = await identity.fromRecords(claimPersons, { claims });
      const known = { sex: '1', birthMonth: '1980-01', version: 1 };
      return {
        ...{ orgPath: administrator.caller.orgPath, schoolCode: school.code, category: 'primarySecondary' },
        teachers: outcomes.map(({ teacherId, personId }) => ({ teacherId, personId: personId!, ...known })),
      };
    };
    const accountsOf = ({ teachers }: Awaited<ReturnType<typeof aList>>) =>
      identity.rows<{ id: string; teacher_id: string; person_id: string; post: string; version: number }>(
        `select a.id, a.teacher_id, a.person_id, p.id as post, p.version from account a join post p on p.account_id = a.id and p.role = 'teacher'
         where a.teacher_id = any($1::uuid[])`,
        [teachers.map(({ teacherId }) => teacherId)],
      );

    test('is made for a list in as many statements, however long, and told in one fact', async () => {
      const sent: { trips: number; statements: number }[] = [];
      for (const length of [2, 40]) {
        const list = await aList(length);
        const { trips, statements } = await suite.applied(durable, teachersRegistered, list);
        sent.push({ trips, statements: statements.length });
        const accounts = await accountsOf(list);
        expect(accounts).toHaveLength(length);
        const [told, ...others] = await identity.rows<{ payload: { accounts: { teacherId: string }[] } }>(
          `select payload from outbox where subject = 'evt.identity.teacher-accounts-issued' and payload -> 'accounts' @> $1::jsonb`,
          [JSON.stringify([{ teacherId: list.teachers[0]!.teacherId }])],
        );
        expect(others).toEqual([]);
        const made = accounts.map(({ id, teacher_id, person_id, post, version }) => ({
          ...{ accountId: id, postId: post, personId: person_id, teacherId: teacher_id, version },
        }));
        const byTeacher = (a: { teacherId: string }, b: { teacherId: string }) => (a.teacherId < b.teacherId ? -1 : 1);
        expect(told!.payload.accounts.sort(byTeacher)).toEqual(made.sort(byTeacher));
        expect(accounts.map(({ person_id }) => person_id).sort()).toEqual(
          list.teachers.map(({ personId }) => personId).sort(),
        );
      }
      expect(sent[0]).toEqual(sent[1]);
      expect(sent[0]).toEqual({ trips: 11, statements: 9 });
    });

    test('is not withheld from a list by one whose claim was lost; the list fails until he has one', async () => {
      const list = await aList(3);
      const lost = aClaim();
      list.teachers.push({ ...list.teachers[0]!, teacherId: lost.teacherId, personId: newId() });
      const messageId = newId();
      const apply = () => suite.applied(durable, teachersRegistered, list, messageId);
      await expect(apply()).rejects.toThrow(`teacher ${lost.teacherId} has no person`);
      expect(await accountsOf(list)).toHaveLength(3);
      await expect(apply()).rejects.toThrow('has no person');
      await identity.fromRecords(claimPerson, lost);
      await apply();
      expect(await accountsOf(list)).toHaveLength(4);
      await apply();
      expect(await accountsOf(list)).toHaveLength(4);
    });

    test('has no slip, good or expired, until one is issued', async () => {
      const { fact } = await register();
      await publish(fact);
      const { id: accountId, state } = await accountOf(fact.teacherId);
      expect(state).toBe('unissued');
      const counted = async () => {
        const { total, states } = await identity.ask(countAccounts, { role: 'teacher' }, administrator);
        const of = new Map(states.map((each) => [each.state, each.accounts]));
        expect(states.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(total);
        return { unissued: of.get('unissued')!, waiting: of.get('waiting')! };
      };
      const before = await counted();
      await identity.ask(issueSlips, { accountIds: [accountId] }, administrator);
      expect((await accountOf(fact.teacherId)).state).toBe('waiting');
      expect(await counted()).toEqual({ unissued: before.unissued - 1, waiting: before.waiting + 1 });
    });

    test('is activated with the slip alone and logs in by number or name, as teacher of his own record', async () => {
      const { fact, document } = await register();
      await publish(fact);
      const account = await accountOf(fact.teacherId);
      const { slips } = await identity.ask(issueSlips, { accountIds: [account.id] }, administrator);
      await identity.ask(redeemActivation, { code: slips[0]!.code, password: goodPassword });
      const { caller } = await identity.logIn(slips[0]!);
      expect(caller).toMatchObject({
        role: 'teacher',
        teacherId: fact.teacherId,
        personId: fact.personId,
        orgCode: school.code,
      });
      const typed = document.number.replace(/(.{6})(.{8})/, '$1 $2-');
      const byNumber = await identity.ask(createSession, { loginName: typed, password: goodPassword });
      expect(byNumber.account.id).toBe(account.id);
      expect(byNumber.account.loginName).toMatch(/^t\d{6}@2133001234$/);
    });
  });
});

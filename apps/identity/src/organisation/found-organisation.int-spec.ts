import {
  foundOrganisation,
  listOrganisationChildren,
  renameOrganisation,
  type FoundOrganisation,
} from '@shidang/contracts';
import { ServiceSuite } from '@shidang/testing';
import { identity as identityService } from '../identity.service';
import { refusalOf, RunningIdentity, type SignedIn } from '../identity.testing';

const school = (code: string): FoundOrganisation => ({
  code,
  name: `第${code.slice(-2)}小学`,
  runningType: '211',
  owner: '831',
  urbanRural: '111',
});

describe('founding and renaming organisations', () => {
  let identity: RunningIdentity;
  let centre: SignedIn;
  let province: SignedIn;
  let city: SignedIn;

  beforeAll(async () => {
    identity = await RunningIdentity.on(await ServiceSuite.start(identityService));
    centre = await identity.centre();
    await identity.ask(foundOrganisation, { code: '330000', name: '浙江省教育厅' }, centre);
    province = await identity.administratorBelow(centre, '330000');
    await identity.ask(foundOrganisation, { code: '331100', name: '丽水市教育局' }, province);
    city = await identity.administratorBelow(province, '331100');
  }, 60_000);
  afterAll(() => identity?.stop());

  test('is told with path, tier and category, once per key', async () => {
    const command = school('2133000101');
    const founded = await identity.ask(foundOrganisation, command, city, { idempotencyKey: 'found-1' });
    expect(founded).toMatchObject({
      tier: 'school',
      parent: '331100',
      orgPath: '0.33.3311.2133000101.',
      category: 'primarySecondary',
    });
    expect(await identity.ask(foundOrganisation, command, city, { idempotencyKey: 'found-1' })).toEqual(founded);
    const told = await identity.rows<{ payload: unknown }>(
      `select payload from outbox where subject = 'evt.identity.organisation-founded' and payload ->> 'code' = $1`,
      [command.code],
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.payload).toMatchObject({
      orgPath: founded.orgPath,
      tier: 'school',
      parentCode: '331100',
      category: 'primarySecondary',
      version: 1,
    });
  });

  test('a code is never used twice', async () => {
    await identity.ask(foundOrganisation, school('2133000102'), city);
    expect(await refusalOf(identity.ask(foundOrganisation, school('2133000102'), city))).toBe(
      'identity.organisation_code_taken',
    );
    expect(await refusalOf(identity.ask(foundOrganisation, school('2133000102'), province))).toBe(
      'identity.organisation_code_taken',
    );
  });

  test('what does not fit the tree is refused with the reason', async () => {
    const wrong = identity.ask(foundOrganisation, { code: '330702', name: '婺城区教育局' }, city);
    expect(await refusalOf(wrong)).toBe('identity.organisation_malformed');
  });

  test('a name changes with its version, the code stays', async () => {
    const { code } = await identity.ask(foundOrganisation, school('2133000103'), city);
    const rename = (who: SignedIn, ifMatch?: string) =>
      identity.ask(renameOrganisation, { code, name: '丽水市中心小学' }, who, { ifMatch });
    expect(await refusalOf(rename(city))).toBe('request.version_required');
    expect(await refusalOf(rename(city, '7'))).toBe('request.stale_version');
    expect(await refusalOf(rename(province, '1'))).toBe('request.forbidden');
    expect(await rename(city, '"1"')).toMatchObject({ code, name: '丽水市中心小学', etag: '2' });
    const history = await identity.rows<{ what: string; name: string; former_name: string | null }>(
      `select c.what, c.name, c.former_name from organisation_change c join organisation o on o.id = c.organisation_id where o.code = $1 order by c.id`,
      [code],
    );
    expect(history.map((row) => [row.what, row.name, row.former_name])).toEqual([
      ['founded', '第03小学', null],
      ['renamed', '丽水市中心小学', '第03小学'],
    ]);
  });

  test('children come by code, page by page, and not beyond the scope', async () => {
    for (const code of ['2133000110', '2133000111', '2133000112'])
      await identity.ask(foundOrganisation, school(code), city);
    const codes: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await identity.ask(listOrganisationChildren, { code: '331100', limit: 2, cursor }, city);
      codes.push(...page.items.map((each) => each.code));
      expect(page.page.total).toBe(6);
      cursor = page.page.next;
    } while (cursor);
    expect(codes).toEqual([...codes].sort());
    expect(new Set(codes).size).toBe(6);
    expect(await refusalOf(identity.ask(listOrganisationChildren, { code: '330000' }, city))).toBe(
      'identity.organisation_not_found',
    );
  });

  test('of two who rename at once the second one is told that it changed', async () => {
    const code = '2133000104';
    await identity.ask(foundOrganisation, school(code), city);
    const names = ['丽水市东小学', '丽水市西小学'];
    const outcomes = await Promise.all(
      names.map((name) => refusalOf(identity.ask(renameOrganisation, { code, name }, city, { ifMatch: '1' }))),
    );
    expect(outcomes.sort()).toEqual(['request.stale_version', 'was not refused']);
  });
});

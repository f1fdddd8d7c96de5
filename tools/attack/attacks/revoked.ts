import { setTimeout as rest } from 'node:timers/promises';
import { inventPeople, Random } from '@shidang/seed';
import type { Attack, Attacking } from '../attack';
import { endedAfter, endedInTime, type Ending, type Use } from '../check/ended-in-time';
import type { Violation } from '../check/violation';
import { ask, bodyOf, type Answer } from '../door/ask';
import { Asker, json } from '../door/asker';
import { inTurns } from '../door/in-turns';

const county = '331102';
const accountCount = 40;
const rounds = 25;
const password = 'Qinghe#8264tan';
/** One of each service, a write among them. */
const used: readonly (readonly [string, string, object?])[] = [
  ['GET', '/me'],
  ['GET', '/teachers?limit=1'],
  ['GET', '/review-cases?limit=1'],
  ['GET', `/progress/${county}`],
  ['GET', '/notices?limit=1'],
  ['POST', '/notices/read', {}],
  ['POST', '/urgings/preview', { organisations: [county] }],
];

const hows = ['disabled', 'signed out', 'given a new slip'] as const;

function must(answer: Answer, what: string): Record<string, unknown> {
  if (answer.status >= 300 || answer.status === 0)
    throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return bodyOf(answer);
}

class Revoked {
  readonly endings: Ending[] = [];
  readonly uses: Use[] = [];

  constructor(
    private readonly attacking: Attacking,
    private readonly sys: Asker,
  ) {}

  /** A new information administrator of the county, activated and logged in. */
  async member(index: number): Promise<{ asker: Asker; accountId: string }> {
    const { url } = this.attacking.system;
    const body = { role: 'informationAdministrator', organisation: county };
    const slip = must(await this.again(() => this.sys.ask('POST', '/accounts', body)), 'issuing an account');
    const accountId = String(slip['accountId']);
    await this.activate(String(slip['code']), index);
    const asker = new Asker(url, String(slip['loginName']), password);
    await this.logIn(asker);
    return { asker, accountId };
  }

  /** One round: used all the while, ended in the middle, used until well after, let in again. */
  async round(asker: Asker, accountId: string, index: number, random: Random): Promise<void> {
    const how = hows[Math.floor(random.next() * hows.length)]!;
    const moments = [...Array.from({ length: 6 }, () => random.next() * 2_400), ...[2_150, 2_300, 2_500]].sort(
      (a, b) => a - b,
    );
    const begun = Date.now();
    const ending = rest(random.next() * 80).then(() => this.end(asker, accountId, how));
    for (const moment of moments) {
      await rest(Math.max(0, begun + moment - Date.now()));
      await this.use(asker, random);
    }
    const ended = await ending;
    // under load the end itself takes its time; what counts is what comes two seconds after it
    await rest(Math.max(0, ended.at + endedAfter + 50 - Date.now()));
    for (let n = 0; n < 3; n++) await this.use(asker, random);
    this.endings.push({ account: asker.loginName, how, endedAt: ended.at, until: Date.now() });
    await this.back(asker, accountId, how, ended.code, index);
  }

  private async use(asker: Asker, random: Random): Promise<void> {
    const [method, path, body] = used[Math.floor(random.next() * used.length)]!;
    const startedAt = Date.now();
    const { status } = await asker.ask(method, path, body);
    this.uses.push({ account: asker.loginName, what: `${method} ${path}`, startedAt, status });
  }

  private async end(
    asker: Asker,
    accountId: string,
    how: (typeof hows)[number],
  ): Promise<{ at: number; code?: string }> {
    const { url } = this.attacking.system;
    if (how === 'signed out') {
      must(await ask(url, json('DELETE', '/sessions/current', undefined, asker.who())), 'signing out');
      return { at: Date.now() };
    }
    const path = `/accounts/${accountId}`;
    const { headers } = await this.sys.ask('GET', path);
    const match = { 'if-match': String(headers['etag']) };
    const answer =
      how === 'disabled'
        ? await this.sys.ask('PATCH', path, { status: 'disabled', reason: '核对信息' }, match)
        : await this.sys.ask('POST', `${path}/activation-slips`, {}, match);
    const told = must(answer, how);
    return { at: Date.now(), code: String(told['code'] ?? '') };
  }

  private async back(
    asker: Asker,
    accountId: string,
    how: (typeof hows)[number],
    code: string | undefined,
    index: number,
  ): Promise<void> {
    if (how === 'disabled') {
      const path = `/accounts/${accountId}`;
      const { headers } = await this.sys.ask('GET', path);
      must(
        await this.sys.ask(
          'PATCH',
          path,
          { status: 'enabled', reason: '核对信息' },
          { 'if-match': String(headers['etag']) },
        ),
        'enabling',
      );
    }
    if (how === 'given a new slip') await this.activate(code!, index);
    await this.logIn(asker);
  }

  private async activate(code: string, index: number): Promise<void> {
    const [person] = inventPeople(new Random(`${this.attacking.seed}/revoked/${index}`), 1, '2026-01-01', '331194');
    const { name, document } = person!;
    must(
      await this.again(() =>
        ask(this.attacking.system.url, json('POST', '/activations', { code, password, name, document })),
      ),
      'activating',
    );
  }

  private async logIn(asker: Asker): Promise<void> {
    const answer = await this.again(() =>
      ask(this.attacking.system.url, json('POST', '/sessions', { loginName: asker.loginName, password })),
    );
    asker.token = String(must(answer, 'logging in')['token']);
  }

  private async again(send: () => Promise<Answer>): Promise<Answer> {
    for (let tries = 0; ; tries++) {
      const answer = await send();
      if ((answer.status !== 429 && answer.status !== 503) || tries === 30) return answer;
      await rest(Number(answer.headers['retry-after'] ?? 1) * 1_000);
    }
  }
}

export const revoked: Attack = {
  name: 'revoked',
  says: 'accounts disabled, signed out and given new slips while they are used, in every service: nothing is accepted 2 s later (A6)',
  async run(attacking) {
    const sys = attacking.askers.find(({ loginName }) => loginName === `sys@${county}`)!;
    const round = new Revoked(attacking, sys);
    const violations: Violation[] = [];
    const members: { asker: Asker; accountId: string }[] = [];
    await inTurns(
      Array.from({ length: accountCount }, (_, index) => async () => void members.push(await round.member(index))),
      4,
    );
    await inTurns(
      members.map(({ asker, accountId }, index) => async () => {
        for (let n = 0; n < rounds; n++)
          await round
            .round(asker, accountId, index, new Random(`${attacking.seed}/${index}/${n}`))
            .catch((failure: Error) =>
              violations.push({ check: 'revoked', says: `${asker.loginName}: ${failure.message}` }),
            );
      }),
      20,
    );
    const late = round.uses.filter(({ startedAt, account }) =>
      round.endings.some(
        (each) => each.account === account && startedAt > each.endedAt + endedAfter && startedAt < each.until,
      ),
    );
    const accepted = round.uses.filter(({ status }) => status < 300);
    return {
      figures: {
        accounts: members.length,
        endings: round.endings.length,
        uses: round.uses.length,
        accepted: accepted.length,
        'later than 2 s': late.length,
      },
      violations: [...violations, ...endedInTime(round.endings, round.uses)],
    };
  },
};

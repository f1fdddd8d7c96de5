import { setTimeout as rest } from 'node:timers/promises';
import { Random } from '@shidang/seed';
import type { Attack, Attacking } from '../attack';
import { closedInTime, endedAfter, endedInTime, type Ending, type Use } from '../check/ended-in-time';
import type { Violation } from '../check/violation';
import { isTurnedAway } from '../door/ask';
import { inTurns } from '../door/in-turns';
import { county, Member, type Ended } from '../revoke/member';
import { openLine, type OpenLine } from '../revoke/open-line';

const accountCount = 40;
const rounds = 25;
/** Of one use, while the door is too busy. */
const mostTimes = 50;
/** One of each service, a file and a write among them. */
const used: readonly (readonly [string, string, object?])[] = [
  ['GET', '/me'],
  ['GET', '/teachers?limit=1'],
  ['GET', '/review-cases?limit=1'],
  ['GET', `/progress/${county}`],
  ['GET', '/notices?limit=1'],
  ['GET', '/import-templates/primarySecondary.xlsx'],
  ['POST', '/notices/read', {}],
  ['POST', '/urgings/preview', { organisations: [county] }],
];
/** Piece by piece as small as it goes, so that an end comes while it is made. */
const exported = '/teachers.csv?limit=1';
const oneInSoMany = 4;

const hows: Readonly<Record<string, (member: Member) => Promise<Ended>>> = {
  disabled: (member) => member.disable(),
  'signed out': (member) => member.signOut(),
  'given a new slip': (member) => member.giveSlip(),
  'given a new password': (member) => member.changePassword(),
  'relieved of its post': (member) => member.endPost(),
};

class Revoked {
  readonly endings: Ending[] = [];
  readonly uses: Use[] = [];
  readonly streams: OpenLine[] = [];
  readonly exports: OpenLine[] = [];

  constructor(private readonly url: string) {}

  /** One round: used all the while, ended in the middle, used until well after, let in again. */
  async round(member: Member, random: Random): Promise<void> {
    const { asker } = member;
    const [how, end] = Object.entries(hows)[Math.floor(random.next() * Object.keys(hows).length)]!;
    const moments = [...Array.from({ length: 6 }, () => random.next() * 2_400), ...[2_150, 2_300, 2_500]].sort(
      (a, b) => a - b,
    );
    const lines = this.open(member, random);
    const begun = Date.now();
    const ending = rest(random.next() * 80).then(async () => ({ back: await end(member), at: Date.now() }));
    for (const moment of moments) {
      await rest(Math.max(0, begun + moment - Date.now()));
      await this.use(member, random);
    }
    const { back, at: endedAt } = await ending;
    // under load the end itself takes its time; what counts is what comes two seconds after it
    await rest(Math.max(0, endedAt + endedAfter + 50 - Date.now()));
    for (let n = 0; n < 3; n++) await this.use(member, random);
    await this.closed(lines, endedAt);
    this.endings.push({ account: asker.loginName, how, endedAt, until: Date.now() });
    for (const line of lines) line.hangUp();
    await back();
    await member.logIn();
  }

  private open({ asker }: Member, random: Random): OpenLine[] {
    const stream = openLine(this.url, asker, '/me/events');
    this.streams.push(stream);
    if (Math.floor(random.next() * oneInSoMany) > 0) return [stream];
    const file = openLine(this.url, asker, exported);
    this.exports.push(file);
    return [stream, file];
  }

  /** Waits for what has to close by itself, a moment longer than it may take. */
  private async closed(lines: readonly OpenLine[], endedAt: number): Promise<void> {
    const until = endedAt + endedAfter + 1_000;
    while (lines.some(({ closedAt }) => closedAt === undefined) && Date.now() < until) await rest(20);
  }

  private async use({ asker }: Member, random: Random): Promise<void> {
    const [method, path, body] = used[Math.floor(random.next() * used.length)]!;
    let startedAt = Date.now();
    let answer = await asker.askOnce(method, path, body);
    // a door too busy says nothing about the right: asked again, and judged by when that was
    for (let times = 1; isTurnedAway(answer) && times < mostTimes; times++) {
      await rest(200);
      startedAt = Date.now();
      answer = await asker.askOnce(method, path, body);
    }
    const { status } = answer;
    this.uses.push({ account: asker.loginName, what: `${method} ${path}`, startedAt, status });
  }
}

async function membersOf(attacking: Attacking): Promise<Member[]> {
  const sys = attacking.askers.find(({ loginName }) => loginName === `sys@${county}`)!;
  const members: Member[] = [];
  const make = (index: number) => async () => void members.push(await Member.made(attacking, sys, index));
  await inTurns(
    Array.from({ length: accountCount }, (_, index) => make(index)),
    4,
  );
  return members;
}

function figuresOf({ endings, uses, streams, exports }: Revoked): Record<string, number> {
  const isLate = ({ startedAt, account }: Use) =>
    endings.some((each) => each.account === account && startedAt > each.endedAt + endedAfter && startedAt < each.until);
  const brokenOff = exports.filter(({ account, openedAt, closedAt = 0 }) =>
    endings.some((each) => each.account === account && openedAt < each.endedAt && closedAt > each.endedAt),
  );
  return {
    endings: endings.length,
    ...Object.fromEntries(Object.keys(hows).map((how) => [how, endings.filter((each) => each.how === how).length])),
    uses: uses.length,
    accepted: uses.filter(({ status }) => status < 300).length,
    'later than 2 s': uses.filter(isLate).length,
    streams: streams.length,
    exports: exports.length,
    'exports under way': brokenOff.length,
  };
}

export const revoked: Attack = {
  name: 'revoked',
  says: 'accounts disabled, signed out, given slips and passwords, relieved of their post while they are used: nothing is accepted 2 s later, open streams and exports included (A6)',
  async run(attacking) {
    const round = new Revoked(attacking.system.url);
    const violations: Violation[] = [];
    const members = await membersOf(attacking);
    await inTurns(
      members.map((member, index) => async () => {
        for (let n = 0; n < rounds; n++)
          await round
            .round(member, new Random(`${attacking.seed}/${index}/${n}`))
            .catch((failure: Error) =>
              violations.push({ check: 'revoked', says: `${member.asker.loginName}: ${failure.message}` }),
            );
      }),
      20,
    );
    const { endings, uses, streams, exports } = round;
    return {
      figures: { accounts: members.length, ...figuresOf(round) },
      violations: [...violations, ...endedInTime(endings, uses), ...closedInTime(endings, [...streams, ...exports])],
    };
  },
};

import { Random } from '@shidang/seed';
import type { Attack } from '../attack';
import { cleanAnswer } from '../check/clean-answer';
import { servedMeanwhile } from '../check/served-meanwhile';
import type { Violation } from '../check/violation';
import { askOnce } from '../door/ask';
import { Asker, json } from '../door/asker';
import { withBystander } from '../door/bystander';
import { documentedCodes } from '../door/documented-codes';
import { inTurns } from '../door/in-turns';

const atOnce = 64;
const mostAttempts = 3_000;

/** An address of the attacker's, behind the proxy that the system believes. */
const addressOf = (random: Random): string =>
  `10.66.${Math.floor(random.next() * 250)}.${Math.floor(random.next() * 250)}`;

export const storm: Attack = {
  name: 'storm',
  says: 'thousands of wrong log-ins from many addresses and from one: each is refused in form, others read and log in meanwhile (L1)',
  async run(attacking) {
    const { url } = attacking.system;
    const documented = await documentedCodes(url);
    const figures: Record<string, number> = { attempts: 0 };
    const violations: Violation[] = [];
    const until = Date.now() + Math.min(attacking.milliseconds, 60_000);
    const attempt = (n: number) => async () => {
      const random = new Random(`${attacking.seed}/storm/${n}`);
      // one in three from one address at one name that nobody has
      const isOne = random.next() < 0.33;
      const loginName = isOne ? 'info@2133110099' : `x${Math.floor(random.next() * 1e6)}@331102`;
      const address = isOne ? '10.66.255.1' : addressOf(random);
      const asked = json('POST', '/sessions', { loginName, password: `wrong-${n}` }, { 'x-forwarded-for': address });
      const answer = await askOnce(url, asked);
      figures['attempts']! += 1;
      figures[String(answer.status)] = (figures[String(answer.status)] ?? 0) + 1;
      const isTold = answer.headers['retry-after'] !== undefined;
      if ((answer.status === 429 || answer.status === 503) && !isTold)
        violations.push({ check: 'storm', says: `${answer.status} without a time to come again` });
      if (answer.status !== 503)
        violations.push(...cleanAnswer({ ...asked, says: 'a wrong log-in', isCertain: true }, answer, documented));
    };
    const jobs = function* () {
      for (let n = 0; n < mostAttempts && Date.now() < until; n++) yield attempt(n);
    };
    const [bystander, other] = [attacking.askers[3]!, attacking.askers[5]!];
    const logins: boolean[] = [];
    const served = await withBystander(bystander, async () => {
      const storming = inTurns(jobs(), atOnce);
      for (let n = 0; n < 3; n++) logins.push(await letIn(url, other));
      await storming;
    });
    violations.push(...servedMeanwhile('reading during a storm of log-ins', served));
    if (logins.includes(false))
      violations.push({ check: 'storm', says: 'somebody with the right password was not let in' });
    return {
      figures: { ...figures, read: served.during.length, 'logged in meanwhile': logins.filter(Boolean).length },
      violations,
    };
  },
};

/** As a client that comes again when it is told to. */
async function letIn(url: string, { loginName, password }: Asker): Promise<boolean> {
  for (let tries = 0; tries < 20; tries++) {
    const answer = await askOnce(
      url,
      json('POST', '/sessions', { loginName, password }, { 'x-forwarded-for': '10.1.1.1' }),
    );
    if (answer.status === 201) return true;
    await new Promise((wake) => setTimeout(wake, Number(answer.headers['retry-after'] ?? 1) * 1_000));
  }
  return false;
}

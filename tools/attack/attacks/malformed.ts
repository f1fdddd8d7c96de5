import { malformedRequests, type Malformed } from '../api/malformed';
import { knownIds } from '../api/known-ids';
import { readApi } from '../api/operations';
import type { Attack, Attacking } from '../attack';
import { cleanAnswer } from '../check/clean-answer';
import type { Violation } from '../check/violation';
import { ask, type Answer } from '../door/ask';
import type { Asker } from '../door/asker';
import { documentedCodes } from '../door/documented-codes';
import { inTurns } from '../door/in-turns';
import { patiently } from '../door/patiently';

/** Askers in turn, each logged in again when a request of his ended his session. */
class Round {
  readonly figures: Record<string, number> = { requests: 0, 'asked again': 0, 'logged in again': 0 };
  readonly violations: Violation[] = [];
  readonly reached = new Set<string>();
  private askers: readonly Asker[];

  constructor(
    private readonly attacking: Attacking,
    private readonly documented: ReadonlySet<string>,
  ) {
    this.askers = attacking.askers;
  }

  async one(request: Malformed, index: number): Promise<void> {
    const asker = this.askers[index % this.askers.length]!;
    const answer = await this.answerTo(request, asker);
    this.count('requests');
    this.count(`${Math.floor(answer.status / 100)}xx`);
    // the service looked at it: the door would have said these by itself
    if (answer.status !== 401 && answer.status !== 403) this.reached.add(request.operation);
    const found = cleanAnswer(request, answer, this.documented);
    this.violations.push(...found.map((each) => ({ ...each, says: `#${index} as ${asker.loginName}: ${each.says}` })));
    if (answer.status === 401 && request.headers?.['authorization'] === undefined) await this.renew(asker);
  }

  private answerTo(request: Malformed, asker: Asker): Promise<Answer> {
    const headers = { ...asker.who(), ...request.headers };
    const send = () => ask(this.attacking.system.url, { ...request, headers });
    return patiently(send, { again: () => this.count('asked again') });
  }

  private async renew(asker: Asker): Promise<void> {
    const before = asker.token;
    if ((await asker.ask('GET', '/me')).status !== 401 || asker.token !== before) return;
    if (await asker.logIn()) return this.count('logged in again');
    this.askers = this.askers.filter((each) => each !== asker);
    this.attacking.say(`${asker.loginName} is not let in any more`);
    if (this.askers.length === 0) throw new Error('nobody is let in any more');
  }

  private count(name: string): void {
    this.figures[name] = (this.figures[name] ?? 0) + 1;
  }
}

/** HEAD and friends have no words of ours; the answer to them is looked at all the same. */
export const malformed: Attack = {
  name: 'malformed',
  says: 'requests made from the schemas of the API, each with something wrong: no fault, stack, SQL or path in any answer',
  async run(attacking) {
    const api = readApi();
    const known = await knownIds(attacking.askers);
    const round = new Round(attacking, await documentedCodes(attacking.system.url));
    const wish = { seed: Number(attacking.seed), requests: attacking.requests };
    let index = 0;
    const jobs = function* () {
      for (const request of malformedRequests(api, known, wish)) {
        const mine = index++;
        if (mine % 10_000 === 9_999) attacking.say(`${mine + 1} requests, ${round.violations.length} violations`);
        yield () => round.one(request, mine);
      }
    };
    await inTurns(jobs());
    const operations = api.operations.filter((each) => !each.isStream);
    const unreached = operations.filter(({ name }) => !round.reached.has(name));
    const missing = attacking.requests < 20_000 ? [] : unreached;
    return {
      figures: { ...round.figures, operations: operations.length, 'let in to': operations.length - unreached.length },
      violations: [
        ...round.violations,
        ...missing.map(({ name }) => ({ check: 'reached', says: `nobody came past the first lock of ${name}` })),
      ],
    };
  },
};

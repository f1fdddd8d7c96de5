import { demoPassword, inventPeople, Random, type InventedPerson } from '@shidang/seed';
import { randomUUID } from 'node:crypto';
import type { Written } from './journal';

const school = '2133110001';

interface Session {
  readonly token: string;
}

/** Answers the token; throws when the log-in is refused. */
export async function logIn(url: string, loginName: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({ loginName, password: demoPassword }),
  });
  if (!answer.ok) throw new Error(`log-in of ${loginName} → ${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as Session).token;
}

/** A school's office: registers teachers and fills in assessments, one write after another, each in the journal. */
export class Clerk {
  readonly journal: Written[] = [];
  private readonly people: InventedPerson[];
  private readonly random: Random;
  private stopping = false;

  private constructor(
    private readonly url: string,
    private readonly tokens: { readonly system: string; readonly information: string },
    seed: string,
  ) {
    this.people = inventPeople(new Random(seed), 2_000, new Date().toISOString().slice(0, 10), '331197');
    this.random = new Random(`${seed}/writes`);
  }

  static async at(url: string, seed: string): Promise<Clerk> {
    const [system, information] = await Promise.all([logIn(url, `sys@${school}`), logIn(url, `info@${school}`)]);
    return new Clerk(url, { system, information }, seed);
  }

  async work(): Promise<void> {
    for (const person of this.people) {
      if (this.stopping) return;
      const { name, sex, birthDate, document, employment } = person;
      const teacher = await this.write('teacher', '/teachers', { name, sex, birthDate, document, employment });
      if (!teacher) continue;
      for (let year = 2015; year < 2015 + this.random.between(0, 3) && !this.stopping; year += 1) {
        const values = { year: String(year), result: '合格' };
        await this.write('entry', `/teachers/${teacher}/sections/assessment/entries`, { values });
      }
    }
  }

  stop(): void {
    this.stopping = true;
  }

  private async write(what: Written['what'], path: string, body: object): Promise<string | undefined> {
    const written: Written = { what, sentAt: Date.now() };
    this.journal.push(written);
    const token = what === 'teacher' ? this.tokens.system : this.tokens.information;
    try {
      const answer = await fetch(`${this.url}/api/v1${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
        },
        body: JSON.stringify(body),
      });
      const made = (await answer.json()) as { teacher?: { id: string }; entry?: { id: string } };
      written.answeredAt = Date.now();
      written.status = answer.status;
      written.id = made[what]?.id;
      return written.id;
    } catch {
      return undefined;
    }
  }
}

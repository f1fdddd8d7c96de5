import { asAdmin, inDatabase, type RunningSystem } from '@shidang/dev';
import { demoPassword } from '@shidang/seed';

/** What the lines know of the system they ask: who is logged in, which rows there are. */
export interface Place {
  readonly port: number;
  readonly limitPort: number;
  /** Bearer headers of the city's and of two schools' information administrators. */
  readonly city: Readonly<Record<string, string>>;
  readonly teachers: readonly string[];
  /** How many there are in the county. */
  readonly inCounty: number;
  /** Bearer of a school's system administrator, who registers. */
  readonly registrar: Readonly<Record<string, string>>;
  /** As they are now: their versions rise with every run. */
  readonly drafts: () => Promise<readonly Draft[]>;
}

/** A row of the basic section that may be written. */
export interface Draft {
  readonly teacherId: string;
  readonly entryId: string;
  readonly etag: string;
  readonly by: Readonly<Record<string, string>>;
}

export const cityCode = '331100';
export const cityPath = '0.33.3311.';
export const countyCode = '331102';
export const countyPath = '0.33.3311.331102.';
const schools = ['2133110001', '3433110005'];

async function bearer(url: string, loginName: string): Promise<Record<string, string>> {
  const answer = await fetch(`${url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ loginName, password: demoPassword }),
  });
  const { token } = (await answer.json()) as { token?: string };
  if (!token) throw new Error(`${loginName} does not log in (${answer.status})`);
  return { authorization: `Bearer ${token}` };
}

export async function placeOf(system: RunningSystem, limitPort: number): Promise<Place> {
  const rows = <Row>(text: string, params: unknown[] = []) =>
    asAdmin(inDatabase(system.adminUrl, 'shidang_records'), async (client) => {
      const { rows } = await client.query(text, params);
      return rows as Row[];
    });
  const teachers = await rows<{ id: string }>(
    `select id from teacher where county = $1 order by md5(id::text) limit 2000`,
    [countyCode],
  );
  const [count] = await rows<{ n: number }>(`select count(*)::int as n from teacher where county = $1`, [countyCode]);
  const writers = await Promise.all(
    schools.map(async (code) => ({ code, by: await bearer(system.url, `info@${code}`) })),
  );
  const drafts = () =>
    Promise.all(
      writers.map(async ({ code, by }) => {
        const found = await rows<{ id: string; teacher_id: string; version: number }>(
          `select e.id, e.teacher_id, e.version from entry e join teacher t on t.id = e.teacher_id
         where t.school_code = $1 and t.stage = 'draft' and t.locked_by is null and t.open_marks is null and e.section = 'basic' order by e.id`,
          [code],
        );
        return found.map((row) => ({ teacherId: row.teacher_id, entryId: row.id, etag: String(row.version), by }));
      }),
    ).then((each) => each.flat());
  return {
    port: Number(new URL(system.url).port),
    limitPort,
    city: await bearer(system.url, `info@${cityCode}`),
    teachers: teachers.map(({ id }) => id),
    inCounty: count!.n,
    registrar: await bearer(system.url, `sys@${schools[1]}`),
    drafts,
  };
}

import type { Role } from '@shidang/access';
import { identityRefusals } from '@shidang/contracts';
import type { Sql } from '@shidang/persistence';
import { randomInt } from 'node:crypto';

const stems: Readonly<Record<Role, string>> = {
  systemAdministrator: 'sys',
  informationAdministrator: 'info',
  informationViewer: 'view',
  principal: 'head',
  teacher: 't',
  auditor: 'audit',
  operator: 'ops',
};

interface Home {
  orgPath: string;
  code: string;
}

/**
 * Log-in names end in the organisation, `info@331102`: they are unique within it, so that one that is taken says
 * nothing about another school. The first is plain, the next ones are numbered.
 */
export async function freeLoginNames(sql: Sql, role: Role, homes: readonly Home[]): Promise<Map<string, string>> {
  const taken = await takenNames(sql, homes);
  return new Map(homes.map((home) => [home.code, firstFree(stems[role], home.code, taken)]));
}

/** A name somebody chose for the account. */
export async function chosenLoginName(sql: Sql, chosen: string, home: Home): Promise<string> {
  const name = chosen
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(new RegExp(`@${home.code}$`), '');
  if (!/^[a-z][a-z0-9._-]{1,19}$/.test(name)) throw identityRefusals.loginNameMalformed({});
  const whole = `${name}@${home.code}`;
  if ((await takenNames(sql, [home])).has(whole)) throw identityRefusals.loginNameTaken({});
  return whole;
}

/** Six digits, so that nobody guesses who comes next in the alphabet; as many names as asked for. */
export async function teacherLoginNames(sql: Sql, home: Home, count: number): Promise<string[]> {
  const drawn = new Set<string>();
  while (drawn.size < count) {
    const missing = count - drawn.size;
    const fresh = Array.from(
      { length: missing },
      () => `${stems.teacher}${randomInt(100_000, 1_000_000)}@${home.code}`,
    );
    const rows = await sql<{ login_name: string }>(
      `select login_name from account where login_name = any($1)`,
      [fresh],
      'login-names-drawn',
    );
    const taken = new Set(rows.map((row) => row.login_name));
    for (const name of fresh) if (!taken.has(name)) drawn.add(name);
  }
  return [...drawn];
}

function firstFree(stem: string, code: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const name = `${stem}${n === 1 ? '' : n}@${code}`;
    if (!taken.has(name)) return name;
  }
}

async function takenNames(sql: Sql, homes: readonly Home[]): Promise<Set<string>> {
  const rows = await sql<{ login_name: string }>(
    `select login_name from account where org_path = any($1)`,
    [homes.map((home) => home.orgPath)],
    'login-names',
  );
  return new Set(rows.map((row) => row.login_name));
}

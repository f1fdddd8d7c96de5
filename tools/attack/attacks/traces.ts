import { inventPeople, Random } from '@shidang/seed';
import type { Attack, Attacking } from '../attack';
import type { Canary } from '../canary/canary';
import { everythingAtRest } from '../canary/places';
import { insidersOf, plant, wordOf } from '../canary/plant';
import { atRest } from '../check/at-rest';
import { liesIn } from '../check/leaks';
import type { Violation } from '../check/violation';
import { ask, bodyOf } from '../door/ask';
import { Asker, json } from '../door/asker';

/** A password, a slip and a session: used once, so that they have been everywhere such things go. */
async function secrets(attacking: Attacking): Promise<Canary[]> {
  const { url } = attacking.system;
  const { sys } = insidersOf(attacking);
  const password = `Ouhai-Tanxi-${attacking.seed}-78`;
  const slip = bodyOf(
    await sys.ask('POST', '/accounts', { role: 'informationViewer', organisation: sys.loginName.slice(4) }),
  );
  const random = new Random(`${attacking.seed}/traces`);
  const [{ document }] = inventPeople(random, 1, '2026-01-01', '331193') as [ReturnType<typeof inventPeople>[number]];
  // an invented name is also that of somebody in whatever other system lies in the temporary directory
  const name = wordOf(random, 8);
  const code = String(slip['code']);
  await ask(url, json('POST', '/activations', { code, password, name, document }));
  const asker = new Asker(url, String(slip['loginName']), password);
  if (!(await asker.logIn())) throw new Error('the new account cannot log in');
  const wrong = `Wrong-${attacking.seed}-guess-78`;
  await ask(url, json('POST', '/sessions', { loginName: asker.loginName, password: wrong }));
  // as somebody who types a password where the name belongs
  await ask(url, json('POST', '/sessions', { loginName: `${wrong}-as-name`, password: wrong }));
  await asker.ask('GET', '/me');
  return [
    { place: 'a password', kind: 'secret', word: password },
    { place: 'a wrong password', kind: 'secret', word: wrong },
    { place: 'the code of a slip', kind: 'secret', word: code },
    { place: 'a session', kind: 'secret', word: asker.token },
    { place: 'a document number of an account', kind: 'sealed', word: document.number },
    { place: 'a name of an account', kind: 'personal', word: name },
  ];
}

/** Values are read in full, downloaded and searched for, so that they pass through whatever could write them down. */
async function stirred(attacking: Attacking, teacherIds: readonly string[], words: readonly string[]): Promise<void> {
  const { info } = insidersOf(attacking);
  for (const id of teacherIds)
    await info.ask('POST', `/teachers/${id}/unmaskings`, { indicator: 'idNo', reason: '核对信息' });
  for (const path of ['/teachers.csv', `/workbooks/${info.loginName.slice(5)}.xlsx`]) await info.ask('GET', path);
  for (const word of words) {
    await info.ask('GET', `/teachers?q=${encodeURIComponent(word)}`);
    await info.ask('GET', `/${encodeURIComponent(word)}`);
  }
}

export const traces: Attack = {
  name: 'traces',
  says: 'numbers, phones, addresses, passwords, slips, sessions and names looked for in tables, files, WAL, streams, logs and temporary files (D3)',
  async run(attacking) {
    const since = Date.now();
    const planted = await plant({ ...attacking, seed: `${attacking.seed}/traces` });
    const canaries = [...planted.canaries, ...(await secrets(attacking))];
    await stirred(
      attacking,
      planted.teacherIds,
      planted.canaries.map(({ word }) => word),
    );
    const figures: Record<string, number> = { canaries: canaries.length };
    const violations: Violation[] = [];
    const inTables = new Set<string>();
    for await (const piece of everythingAtRest(attacking.system, since, [])) {
      figures[`MB of ${piece.rest}`] = (figures[`MB of ${piece.rest}`] ?? 0) + piece.bytes.length / 2 ** 20;
      violations.push(...atRest(piece, canaries));
      if (piece.rest === 'tables') for (const { word } of canaries) if (liesIn(piece.bytes, word)) inTables.add(word);
    }
    // names have to be found where they are kept, or the search finds nothing at all
    const unseen = canaries.filter(({ place, word }) => place === 'name' && !inTables.has(word));
    const rounded = Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [name, Math.round(value * 10) / 10]),
    );
    return {
      figures: rounded,
      violations: [
        ...violations,
        ...unseen.map(({ word }) => ({ check: 'control', says: `${word} is not even in its table` })),
      ],
    };
  },
};

import { bodyOf } from '../door/ask';
import type { Asker } from '../door/asker';
import { must } from '../door/must';
import type { NewWord } from './canary';

interface Row {
  id: string;
}

const itemsOf = async (asker: Asker, path: string): Promise<Row[]> =>
  (bodyOf(await asker.ask('GET', path))['items'] ?? []) as Row[];

/** Somebody with an effective record, none of `leftOut`, of whom no change is asked for yet. */
async function somebodyEffective(info: Asker, leftOut: ReadonlySet<string>): Promise<string> {
  const open = (await itemsOf(info, '/change-requests?limit=200')) as { teacherId?: string }[];
  const taken = new Set(open.map(({ teacherId }) => teacherId));
  const found = (await itemsOf(info, '/teachers?status=effective&limit=200')).find(
    ({ id }) => !taken.has(id) && !leftOut.has(id),
  );
  if (!found) throw new Error('nobody with an effective record is left to ask a change of');
  return found.id;
}

/** A change of an effective value as the school asks for it: value, reason and evidence are canaries. `beside`: who must not be the one changed. */
export async function plantChangeRequest(info: Asker, beside: readonly Asker[], canary: NewWord): Promise<string> {
  const own = await Promise.all(beside.map((asker) => itemsOf(asker, '/teachers?limit=1')));
  const teacherId = await somebodyEffective(info, new Set(own.flat().map(({ id }) => id)));
  const { entries } = must(
    await info.ask('GET', `/teachers/${teacherId}/sections/education`),
    'reading what is to be changed',
  ) as { entries: Row[] };
  const body = {
    teacherId,
    entryId: entries[0]!.id,
    indicator: 'major',
    value: canary('value of a change', 6),
    reason: canary('reason of a change', 6, { audited: true }),
    evidence: [canary('evidence of a change', 6)],
  };
  const made = must(await info.ask('POST', '/change-requests', body), 'asking for a change');
  return String(made['id']);
}

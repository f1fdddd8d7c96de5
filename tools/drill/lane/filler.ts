import type { Client } from '../client/client';
import type { Lane } from './lane';
import { addRow, markOf, patchRow, removeRow, type OwnRow } from './training-rows';

interface Page {
  readonly items: readonly { readonly id: string }[];
}

/** An information administrator fills in the drafts of a school: rows added, changed at their version, removed. */
export function filler(client: Client, school: string): Lane {
  let teachers: readonly string[] | undefined;
  const rows: OwnRow[] = [];

  const add = async (teacherId: string, mark: string, op: string, asked: ReturnType<typeof addRow>) => {
    const known = await client.write(op, asked);
    if (known.outcome === 'ok' && known.version)
      rows.push({ teacherId, entryId: (known.body['entry'] as { id: string }).id, version: known.version });
  };

  return {
    name: `filler-${school}`,
    async step(wish, op) {
      const [what, which, who, hours] = [wish.next(), wish.next(), wish.next(), wish.between(8, 90)];
      teachers ??= (await client.read<Page>('/teachers?status=draft&limit=50'))?.body.items.map(({ id }) => id);
      if (!teachers || teachers.length === 0) return;
      const mark = markOf(op);
      const at = Math.floor(which * rows.length);
      const row = rows[at];
      if (what < 0.5 || !row) {
        const teacherId = teachers[Math.floor(who * teachers.length)]!;
        await add(teacherId, mark, op, addRow(teacherId, mark, wish));
      } else if (what < 0.85) {
        const known = await client.write(op, patchRow(row, mark, hours));
        if (known.outcome === 'ok' && known.version) row.version = known.version;
        else rows.splice(at, 1);
      } else {
        rows.splice(at, 1);
        await client.write(op, removeRow(row));
      }
    },
  };
}

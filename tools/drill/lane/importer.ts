import { makeCleanWorkbook, sampleTeachers } from '@shidang/seed';
import { rest, type Client } from '../client/client';
import type { Lane } from './lane';
import { factsOf } from './registrar';

interface ImportView {
  readonly id: string;
  readonly state: string;
}

const ended = new Set(['checked', 'failed', 'committed', 'undone']);
const perImport = 2;
/** Of 200 ms: the run does not wait for a job beyond the time in which it has to be well again. */
const mostLooks = 200;

/** People by list, then their records by workbook: uploaded, checked, written, some taken back. */
export function importer(registrar: Client, filler: Client, school: string, seed: string): Lane {
  const read = async (importId: string, not: string): Promise<string | undefined> => {
    for (let look = 0; look < mostLooks; look++) {
      const view = await filler.read<ImportView>(`/imports/${importId}`);
      if (!view) return undefined;
      if (ended.has(view.body.state) && view.body.state !== not) return view.body.state;
      await rest(200);
    }
    return undefined;
  };
  const act = (op: string, importId: string, verb: 'commit' | 'undo') =>
    filler.write(op, {
      contract: `records.import.${verb}`,
      method: 'POST',
      path: `/imports/${importId}/${verb}`,
      body: {},
      intent: { importId },
    });

  const register = (op: string, people: ReturnType<typeof sampleTeachers>) =>
    registrar.write(op, {
      contract: 'records.teacher.register-list',
      method: 'POST',
      path: '/teacher-lists',
      body: { teachers: people.map(factsOf) },
      intent: { school, people: people.length },
      made: (body) => ({ registered: Number(body['registered']) }),
    });

  return {
    name: `importer-${school}`,
    async step(wish, op) {
      const undo = wish.chance(0.5);
      const people = sampleTeachers(perImport, `${seed}/${op}`);
      if ((await register(`${op}a`, people)).outcome !== 'ok') return;
      const content = await makeCleanWorkbook(people, 1);
      const uploaded = await filler.write(`${op}b`, {
        contract: 'records.import.start',
        method: 'POST',
        path: '/imports',
        file: { name: `${op.replace(':', '-')}.xlsx`, content },
        intent: { school },
        made: (body) => ({ importId: String(body['id']) }),
      });
      const importId = uploaded.body['id'];
      if (uploaded.outcome !== 'ok' || typeof importId !== 'string') return;
      if ((await read(importId, '')) !== 'checked') return;
      if ((await act(`${op}c`, importId, 'commit')).outcome !== 'ok') return;
      if ((await read(importId, 'checked')) !== 'committed' || !undo) return;
      await act(`${op}d`, importId, 'undo');
      await read(importId, 'committed');
    },
  };
}

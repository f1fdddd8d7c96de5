import type { components } from '@shidang/client';
import { answer, api } from '@shidang/web-kit';
import type { ColumnKey } from './columns';
import type { CellComplaint, PersonToRegister } from './person-rows';

/** The contract takes 200; a quarter of that is answered in time on the busiest day, and what is done is seen to be done. */
const atOnce = 50;

export interface ReadyRow {
  readonly id: string;
  readonly name: string;
  readonly person: PersonToRegister;
}

export interface Outcome {
  readonly registered: ReadonlySet<string>;
  readonly refused: ReadonlyMap<string, readonly CellComplaint[]>;
  /** For instance a namesake with the same birth date under another number. */
  readonly warnings: readonly { readonly name: string; readonly text: string }[];
}

const columnOf: Readonly<Record<string, ColumnKey>> = {
  name: 'name',
  sex: 'sex',
  birthDate: 'birthDate',
  documentType: 'documentType',
  documentNumber: 'documentNumber',
  employment: 'establishment',
  start: 'contractStart',
  end: 'contractEnd',
};

type Finding = components['schemas']['Finding'];

const complaintOf = ({ field, detail }: Finding): CellComplaint => ({
  at: columnOf[field ?? ''] ?? 'documentNumber',
  words: { zh: detail, en: detail },
});

async function registerChunk(rows: readonly ReadyRow[]): Promise<Outcome> {
  const made = await answer(
    api.POST('/api/v1/teacher-lists', { body: { teachers: rows.map(({ person }) => person) } }),
  );
  const registered = new Set<string>();
  const refused = new Map<string, readonly CellComplaint[]>();
  const warnings: { name: string; text: string }[] = [];
  for (const { index, outcome, findings } of made.rows) {
    const row = rows[index];
    if (!row) continue;
    if (outcome === 'refused') refused.set(row.id, findings.map(complaintOf));
    else {
      registered.add(row.id);
      warnings.push(...findings.map(({ detail }) => ({ name: row.name, text: detail })));
    }
  }
  return { registered, refused, warnings };
}

/** Good rows are registered, bad ones come back; `told` hears of every chunk, so that a failure later loses nothing. */
export async function registerRows(rows: readonly ReadyRow[], told: (outcome: Outcome) => void): Promise<void> {
  for (let at = 0; at < rows.length; at += atOnce) told(await registerChunk(rows.slice(at, at + atOnce)));
}

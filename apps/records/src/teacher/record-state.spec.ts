import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SectionKey } from '@shidang/catalogue';
import type { RecordStage } from '@shidang/contracts';
import { createKeyFile, FileKeyProvider, newId, Vault } from '@shidang/persistence';
import { inventPerson, inventRecord, Random } from '@shidang/seed';
import { sealValues, type StoredValues } from '../value/sealed-values';
import { stageAfterWrite, type RecordHead } from './record-state';

const today = '2026-11-23';
const directory = mkdtempSync(join(tmpdir(), 'stage-'));
createKeyFile(join(directory, 'keys.json'));
const vault = new Vault(new FileKeyProvider(join(directory, 'keys.json')));
afterAll(() => rmSync(directory, { recursive: true }));

const random = new Random(7);
const person = inventPerson(random, 7, today);
const id = newId();
const identity = {
  name: person.name,
  sex: person.sex,
  birthDate: person.birthDate,
  docType: person.document.type,
  docSealed: vault.seal(person.document.number, { table: 'teacher', column: 'doc_sealed', row: id }),
};
const head = (stage: RecordStage): RecordHead => ({
  id,
  orgPath: '0.33.3311.331102.2133001234.',
  category: 'primarySecondary',
  state: { stage, lockedBy: null, openMarks: null },
  version: 1,
  effectiveVersion: 0,
  identity,
});

interface Row {
  id: string;
  section: SectionKey;
  values: StoredValues;
}

const whole: Row[] = Object.entries(
  inventRecord({ random, person, category: 'primarySecondary', today, rows: 1 }),
).flatMap(([section, rows]) =>
  rows.map((values) => {
    const row = newId();
    return { id: row, section: section as SectionKey, values: sealValues(vault, section as SectionKey, row, values) };
  }),
);
const study = whole.find((row) => row.section === 'education')!;
const without = (key: string): Row[] =>
  whole.map((row) => {
    if (row !== study) return row;
    const { [key]: _, ...values } = row.values;
    return { ...row, values };
  });

describe('the stage of a record after a write', () => {
  test('is complete when nothing is missing and nothing wrong', () => {
    expect(stageAfterWrite(vault, head('draft'), whole, today, study)).toBe('complete');
    expect(stageAfterWrite(vault, head('complete'), whole, today, study)).toBe('complete');
  });

  test('falls back to a draft when the written row loses a required value', () => {
    expect(stageAfterWrite(vault, head('complete'), without('major'), today, study)).toBe('draft');
    expect(stageAfterWrite(vault, head('draft'), without('major'), today, study)).toBe('draft');
  });

  test('falls back to a draft when the only row of a section is removed', () => {
    const removed = whole.filter((row) => row !== study);
    expect(stageAfterWrite(vault, head('complete'), removed, today)).toBe('draft');
  });

  test('of an effective record stays', () => {
    expect(stageAfterWrite(vault, head('effective'), without('major'), today, study)).toBe('effective');
  });
});

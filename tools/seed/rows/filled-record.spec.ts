import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completeness, identityFacts, sectionOf, violations } from '@shidang/catalogue';
import { createKeyFile, FileKeyProvider, Vault } from '@shidang/persistence';
import { Random } from '../invented/random';
import { Identifiers } from '../world/identifiers';
import { isLean, type SeedScale } from '../world/scale';
import { planWorld } from '../world/world';
import { fillRecord, recordOf } from './filled-record';

const today = '2026-11-23';
const directory = mkdtempSync(join(tmpdir(), 'seed-'));
createKeyFile(join(directory, 'keys.json'));
const vault = new Vault(new FileKeyProvider(join(directory, 'keys.json')));
afterAll(() => rmSync(directory, { recursive: true }));

describe.each(['s', 'l'] as SeedScale[])('records as scale %s fills them', (scale) => {
  const of = { vault, ids: new Identifiers('test'), random: new Random('test'), lean: isLean(scale), today };
  const filled = planWorld('s', today).schools.flatMap(({ school, teachers }) =>
    teachers.slice(0, 25).map((teacher) => ({ school, teacher, entries: fillRecord(of, school, teacher) })),
  );

  test('what is complete is complete and without any finding, a draft is not complete', () => {
    for (const { school, teacher, entries } of filled) {
      const record = recordOf(entries, teacher, teacher.person.document.number);
      const whole = teacher.state !== 'draft' && teacher.state !== 'not-started';
      expect([teacher.state, completeness(record, school.category).complete]).toEqual([teacher.state, whole]);
      if (whole) expect(violations(record, school.category, { today })).toEqual([]);
    }
  });

  test('nobody obtained the same education twice; a draft leaves something to the teacher', () => {
    for (const { teacher, entries } of filled) {
      const levels = entries
        .filter(({ section }) => section === 'education')
        .map(({ plain }) => plain['educationLevel']);
      expect(new Set(levels).size).toBe(levels.length);
      if (teacher.state === 'draft') expect(entries.some(({ section }) => section === 'teaching')).toBe(false);
    }
  });

  test('assessment, pay, ethics and title are never in a teacher’s hand (三(三)), identity facts in nobody’s', () => {
    const facts = Object.values(identityFacts);
    for (const { section, byTeacher, plain } of filled.flatMap((each) => each.entries)) {
      if (sectionOf(section).organisationOnly) expect(byTeacher).toEqual([]);
      if (section === 'basic') expect(facts.filter((key) => key in plain)).toEqual([]);
    }
    expect(filled.some(({ entries }) => entries.some((each) => each.byTeacher.length > 0))).toBe(true);
  });

  test('what is sensitive is sealed', () => {
    for (const { section, plain, text } of filled.flatMap((each) => each.entries)) {
      if (section === 'contact' && plain['mobile']) expect(text).not.toContain(plain['mobile']);
    }
  });
});

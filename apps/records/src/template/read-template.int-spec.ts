import { exportTeacherList, readTemplate } from '@shidang/contracts';
import { inspectWorkbook } from '../import/workbook/inspect-workbook';
import { aCaller, county, RecordsSuite, type School } from '../records.testing';

let records: RecordsSuite;
let school: School;

beforeAll(async () => {
  records = await RecordsSuite.start();
  school = await records.school();
});

afterAll(() => records?.stop());

describe('the template', () => {
  it('comes in pieces that make a workbook', async () => {
    const pieces: Buffer[] = [];
    let offset: number | undefined = 0;
    while (offset !== undefined) {
      const piece: { bytes: string; next?: number; etag: string } = await records.service.ask(
        readTemplate,
        { category: 'kindergarten', offset },
        school.information,
      );
      pieces.push(Buffer.from(piece.bytes, 'base64'));
      offset = piece.next;
    }
    await expect(inspectWorkbook(Buffer.concat(pieces))).resolves.toBeUndefined();
  });

  it('is not for those who import nothing', async () => {
    const asked = records.service.ask(readTemplate, { category: 'special' }, school.principal);
    await expect(asked).rejects.toMatchObject({ body: { kind: 'forbidden' } });
  });
});

describe('the list of teachers as csv', () => {
  it('holds the own teachers, masked, piece by piece', async () => {
    const person = records.person();
    await records.register(school, records.facts(person));
    await records.register(school);
    const all = await records.service.ask(exportTeacherList, {}, school.information);
    expect(all.csv.startsWith('\ufeff姓名,性别,')).toBe(true);
    expect(all.rows).toBe(2);
    expect(all.csv).toContain(person.name);
    expect(all.csv).not.toContain(person.document.number);
    const first = await records.service.ask(exportTeacherList, { limit: 1 }, school.information);
    const second = await records.service.ask(exportTeacherList, { limit: 1, cursor: first.next }, school.information);
    expect(first.csv + second.csv).toBe(all.csv);
    expect(second.next).toBeUndefined();
  });

  it('is empty for a neighbour and complete for the county', async () => {
    const neighbour = await records.school();
    expect((await records.service.ask(exportTeacherList, {}, neighbour.information)).rows).toBe(0);
    const above = aCaller('informationAdministrator', county);
    expect((await records.service.ask(exportTeacherList, { organisation: school.code }, above)).rows).toBe(2);
    const asked = records.service.ask(exportTeacherList, { organisation: school.code }, neighbour.information);
    await expect(asked).rejects.toMatchObject({ body: { kind: 'not_found' } });
  });

  it('finds by the beginning of a name', async () => {
    const person = records.person();
    await records.register(school, records.facts(person));
    const found = await records.service.ask(exportTeacherList, { name: person.name }, school.information);
    expect(found.rows).toBeGreaterThanOrEqual(1);
    const piece = person.name.slice(1);
    const asListed = { q: piece, status: 'not-started' as const };
    const all = await records.service.ask(exportTeacherList, {}, school.information);
    // invented names may share a character
    const having = all.csv.split('\n').filter((line) => line.split(',')[0]!.includes(piece));
    const listed = await records.service.ask(exportTeacherList, asListed, school.information);
    expect([listed.rows, listed.csv.includes(person.name)]).toEqual([having.length, true]);
    const effective = await records.service.ask(exportTeacherList, { status: 'effective' }, school.information);
    expect(effective.rows).toBe(0);
    const none = await records.service.ask(exportTeacherList, { name: '无此人氏' }, school.information);
    expect(none.rows).toBe(0);
  });
});

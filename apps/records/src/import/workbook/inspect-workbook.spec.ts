import {
  climbingName,
  encryptedWorkbook,
  externalEntity,
  makeCleanWorkbook,
  millionBlankRows,
  nestedArchive,
  oldWorkbook,
  plainArchive,
  renamedMacroWorkbook,
  sampleTeachers,
  sixteenThousandColumns,
  truncated,
  zipBomb,
} from '@shidang/seed';
import { inspectWorkbook } from './inspect-workbook';
import { readWorkbook } from './read-workbook';

let clean: Buffer;
beforeAll(async () => {
  clean = await makeCleanWorkbook(sampleTeachers(3));
});

describe('a hostile file is refused before a cell of it is believed', () => {
  it.each([
    ['a zip bomb of half a megabyte', zipBomb, 'inflatesTooFar'],
    ['an encrypted workbook', encryptedWorkbook, 'encrypted'],
    ['a workbook of before 2007', oldWorkbook, 'oldFormat'],
    ['a renamed .xlsm', renamedMacroWorkbook, 'hasMacros'],
    ['a truncated file', () => truncated(clean), 'truncated'],
    ['external entities', externalEntity, 'unsafe'],
    ['names that climb out of the archive', climbingName, 'unsafe'],
    ['an archive in the archive', nestedArchive, 'unsafe'],
    ['a million blank rows', millionBlankRows, 'tooManyRows'],
    ['sixteen thousand columns', sixteenThousandColumns, 'tooManyColumns'],
    ['an archive that is no workbook', plainArchive, 'notXlsx'],
    ['text', () => Buffer.from('姓名,性别\r\n'), 'notXlsx'],
    ['nothing', () => Buffer.alloc(0), 'notXlsx'],
    ['more than 20 MB', () => Buffer.alloc(21 * 1024 * 1024), 'fileTooLarge'],
  ])('%s', async (_, make, fault) => {
    await expect(inspectWorkbook(make())).rejects.toMatchObject({ fault });
  });

  it('also by the reader itself, which does not rely on the inspection', async () => {
    await expect(readWorkbook(zipBomb())).rejects.toMatchObject({ fault: 'inflatesTooFar' });
    await expect(readWorkbook(externalEntity())).rejects.toMatchObject({ fault: 'unsafe' });
    await expect(readWorkbook(millionBlankRows())).rejects.toMatchObject({ fault: 'tooManyRows' });
    await expect(readWorkbook(sixteenThousandColumns())).rejects.toMatchObject({ fault: 'tooManyColumns' });
  });

  it('at every byte where an upload may break off', async () => {
    for (let cut = 1; cut < 40; cut++) {
      const part = clean.subarray(0, Math.floor((clean.length * cut) / 40));
      await expect(inspectWorkbook(part)).rejects.toMatchObject({ name: 'WorkbookFault' });
    }
  });
});

it('a workbook of ours passes', async () => {
  await expect(inspectWorkbook(clean)).resolves.toBeUndefined();
});

import { changeRow, checkLine, isBlank, newRow, twiceIn } from './person-rows';
import { cellsFrom, cellsOf, readTable } from './pasted-table';

const today = '2026-11-23';
const number = '331121198512310020';
const row = (cells: Parameters<typeof newRow>[0] = {}) =>
  newRow({ name: '周小兰', documentNumber: number, establishment: '在编', ...cells });
const wrongAt = (cells: Parameters<typeof newRow>[0]) => checkLine(row(cells), today).complaints.map((each) => each.at);

describe('a paste from a sheet', () => {
  it('is split at tabs and lines, quotes around cells that contain either', () => {
    expect(cellsOf('a\t"b ""x""\nc"\r\n\t\r\nd\te')).toEqual([
      ['a', 'b "x"\nc'],
      ['d', 'e'],
    ]);
  });

  it('names its columns by their headings, in any order, and leaves out what is not asked for', () => {
    const { rows, layout } = readTable(`序号\t身份证号\t姓名\t是否在编\n1\t${number}\t㛃小敏\t是`);
    expect(layout).toEqual([undefined, 'documentNumber', 'name', 'establishment']);
    expect(rows).toEqual([{ documentNumber: number, name: '㛃小敏', establishment: '是' }]);
  });

  it('without headings knows the columns by what stands in them', () => {
    const { rows } = readTable(`蓝·阿依古丽\t女\t${number}\t在编\n䶮志远\t男\t331102198001010019\t合同`);
    expect(rows).toEqual([
      { name: '蓝·阿依古丽', sex: '女', documentNumber: number, establishment: '在编' },
      { name: '䶮志远', sex: '男', documentNumber: '331102198001010019', establishment: '合同' },
    ]);
  });

  it('into the middle of the grid fills from that cell on', () => {
    expect(cellsFrom('A123\t在编\nB456', 'documentNumber')).toEqual([
      { documentNumber: 'A123', establishment: '在编' },
      { documentNumber: 'B456' },
    ]);
  });
});

describe('a row of the grid', () => {
  it('takes sex, birth date and document from the number', () => {
    expect(row().cells).toMatchObject({ sex: '女', birthDate: '1985-12-31', documentType: '居民身份证' });
    expect(row().derived).toEqual(['sex', 'birthDate', 'documentType']);
    expect(checkLine(row(), today).person).toEqual({
      name: '周小兰',
      sex: '2',
      birthDate: '1985-12-31',
      document: { type: '1', number },
      employment: { onEstablishment: true },
    });
  });

  it('compares what was typed with the number', () => {
    expect(wrongAt({ sex: '男' })).toEqual(['sex']);
    expect(wrongAt({ birthDate: '1985-12-30' })).toEqual(['birthDate']);
  });

  it('follows the number when it is mended, and keeps what was typed', () => {
    const mended = changeRow(row({ documentNumber: '331121198512310021', sex: '女' }), { documentNumber: number });
    expect(mended.cells).toMatchObject({ sex: '女', birthDate: '1985-12-31' });
    expect(mended.derived).toEqual(['birthDate', 'documentType']);
  });

  it('says one thing about one mistake', () => {
    const { complaints } = checkLine(row({ documentNumber: '331121198512310021' }), today);
    expect(complaints.map((each) => each.words.zh)).toEqual([
      '证件号码第 18 位应为 0（如第 18 位无误，请核对前 17 位）',
    ]);
    expect(checkLine(row({ documentNumber: '3.31121E+17' }), today).complaints).toHaveLength(1);
  });

  it('asks for the employment that decides whether the person is collected', () => {
    expect(wrongAt({ establishment: '' })).toEqual(['establishment']);
    expect(wrongAt({ establishment: '合同' })).toEqual(['contractStart']);
    const contract = { establishment: '合同', contractStart: '2026.9.1', contractEnd: '2027-08-31' };
    expect(wrongAt(contract)).toEqual(['postKind']);
    expect(wrongAt({ ...contract, postKind: '工勤' })).toEqual(['postKind']);
    expect(wrongAt({ ...contract, contractEnd: '2027-01-31', postKind: '教师' })).toEqual(['contractEnd']);
    expect(checkLine(row({ ...contract, postKind: '教师岗位' }), today).person?.employment).toEqual({
      onEstablishment: false,
      postKind: 'teaching',
      contract: { start: '2026-09-01', end: '2027-08-31' },
    });
  });

  it('is blank while nobody typed anything, and known as a repetition by its number', () => {
    expect(isBlank(newRow())).toBe(true);
    expect(isBlank(row())).toBe(false);
    const [first, second] = [row(), row({ documentNumber: ' 331121-19851231 0020' })];
    expect([...twiceIn([first, second])]).toEqual([second.id]);
  });
});

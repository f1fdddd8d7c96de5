import { csvCell, csvLine } from './csv';

describe('csv', () => {
  it.each(['=1+1', '+86', '-1', '@SUM(A1)', '\tx', '\rx'])('does not let %j run as a formula', (text) => {
    expect(csvCell(text)).toBe(`"'${text}"`);
  });

  it('quotes separators, quotes and line breaks', () => {
    expect(csvLine(['a,b', 'c"d', 'e\nf', 'g', 1, null])).toBe('"a,b","c""d","e\nf",g,1,\r\n');
  });

  it('keeps names as they are', () => {
    expect(csvLine(['阿卜杜拉·买买提', '㛃䶮'])).toBe('阿卜杜拉·买买提,㛃䶮\r\n');
  });
});

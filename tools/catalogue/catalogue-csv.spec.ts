import { codeTables, sections } from '@shidang/catalogue';
import { codesCsv, indicatorsCsv } from './catalogue-csv';

const lines = (text: string) => text.split('\r\n').filter(Boolean);

describe('the catalogue as CSV', () => {
  it('has one line per indicator, and the columns of its header', () => {
    const [header, ...rest] = lines(indicatorsCsv());
    expect(rest).toHaveLength(sections.flatMap((section) => section.indicators).length);
    expect(header?.startsWith('\ufeff信息子集,指标,键')).toBe(true);
    expect(rest.find((each) => each.includes('pay.annualIncome'))).toContain(',学校,是,');
  });

  it('has one line per code', () => {
    expect(lines(codesCsv())).toHaveLength(1 + codeTables.flatMap((table) => table.codes).length);
  });

  it('quotes what would break a line', () => {
    const certificate = lines(indicatorsCsv()).find((each) => each.includes('skill.certName'));
    expect(certificate).toContain('"当 certType in (1,9) or languageCert==9"');
  });
});

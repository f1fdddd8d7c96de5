import { attachment } from './send-file';

describe('an attachment', () => {
  it('keeps a Chinese name and offers a plain one', () => {
    expect(attachment('教师名单.csv')).toBe(
      `attachment; filename="____.csv"; filename*=UTF-8''%E6%95%99%E5%B8%88%E5%90%8D%E5%8D%95.csv`,
    );
  });
  it('lets no name end the header', () => {
    expect(attachment('a"\r\nx: y\\(1).csv')).toBe(
      `attachment; filename="a___x: y_(1).csv"; filename*=UTF-8''a%22%0D%0Ax%3A%20y%5C%281%29.csv`,
    );
  });
});

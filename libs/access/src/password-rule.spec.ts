import { faultsOf, isStrong } from './password-rule';

const known = ['zhang.wei@331102', '张伟', '331102198001010019', '331102'];
const strong = (password: string) => isStrong(password, known);

describe('passwords', () => {
  test('ten characters of three classes', () => {
    expect(strong('Xk7mPwq2Tz')).toBe(true);
    expect(strong('清水河边-Kp7x9')).toBe(true);
    expect(strong('Xk7mPwq2T')).toBe(false);
    expect(strong('xk7mpwq2tz')).toBe(false);
    expect(strong('XKMPWQTZAB')).toBe(false);
  });

  test('full-width characters count as what they are', () => expect(strong('Ｘｋ７ｍＰｗｑ２Ｔ')).toBe(false));

  test.each([
    'Password123',
    'P@ssw0rd2016',
    'Admin@123456',
    'Qwer1234567',
    'Aa123456789',
    'Woaini1314520',
    'Lishui@2016!',
    'Abc1234567',
    'Aaaaaaaaa1!',
    'Teacher#2016',
  ])('common: %s', (password) => expect(strong(password)).toBe(false));

  test.each(['Zhang.Wei-2016', 'xK张伟7mPwq2', 'Kq-19800101-w', 'Tr331102-mKq', 'Wq010019-hTz'])(
    'derived from who one is: %s',
    (password) => expect(strong(password)).toBe(false),
  );

  test('every rule that does not hold is named', () => {
    expect(faultsOf('abc', known)).toEqual(['short', 'classes', 'common']);
    expect(faultsOf('Zhang.Wei-2016', known)).toEqual(['derived']);
    expect(faultsOf('Xk7mPwq2Tz', known)).toEqual([]);
  });
});

import { purposeOf } from './purposes';

it('a purpose on record is known again in whichever language it was said; words of one’s own stay', () => {
  expect(['核对信息', 'Checking the record', '本人查看'].map(purposeOf)).toEqual(['check', 'check', 'own']);
  expect(purposeOf('通知本人')).toBeUndefined();
});

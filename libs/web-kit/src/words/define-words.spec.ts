import { defineWords, say } from './define-words';
import { words as instance } from './language';

const texts = defineWords('define-words-spec', {
  rows: ['{{count}} 条', '{{count}} rows', '1 row'],
  plain: ['{{count}} 件', '{{count}} in all'],
});

describe('a text with a count', () => {
  afterEach(() => instance.changeLanguage('zh-CN'));

  it('has a singular in English, also where the number was formatted before', async () => {
    await instance.changeLanguage('en');
    expect([say(texts, 'rows', { count: 1 }), say(texts, 'rows', { count: '1' })]).toEqual(['1 row', '1 row']);
    expect([say(texts, 'rows', { count: 0 }), say(texts, 'rows', { count: '1,001' })]).toEqual([
      '0 rows',
      '1,001 rows',
    ]);
    expect(say(texts, 'plain', { count: 1 })).toBe('1 in all');
  });

  it('has none in Chinese', () => {
    expect([say(texts, 'rows', { count: 1 }), say(texts, 'rows', { count: 2 })]).toEqual(['1 条', '2 条']);
  });
});

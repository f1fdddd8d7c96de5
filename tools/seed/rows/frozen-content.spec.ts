import { canonicalJson, catalogueVersion } from '@shidang/catalogue';
import { effectiveText, submittedText } from './frozen-content';

const values = { b: '二', a: ['1', '2'], c: 3, d: { $sealed: '1|k1|"' } };
const content = {
  category: 'special',
  identity: { name: '蓝·阿依古丽', docType: '1' },
  entries: [{ id: 'e1', section: 'basic', version: 2, text: canonicalJson(values) }],
} as const;
const entries = [{ id: 'e1', section: 'basic', version: 2, values }];

test('put together by hand is what the canonical form of the whole would be', () => {
  const whole = { teacherId: 't', category: content.category, identity: content.identity, entries, changes: [] };
  const { content: text, hashed } = submittedText('t', content);
  expect(text).toBe(canonicalJson(whole));
  expect(hashed).toBe(canonicalJson({ catalogueVersion, ...whole }));
  const derived = { highestEducation: '21' };
  const { category, identity } = content;
  expect(effectiveText(content, derived)).toBe(canonicalJson({ category, identity, derived, entries }));
});

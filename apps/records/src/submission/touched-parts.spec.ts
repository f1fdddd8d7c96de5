import type { SubmittedContent } from './content';
import { touchedParts } from './touched-parts';

const content = (given: Partial<SubmittedContent>) =>
  ({ entries: [], changes: [], ...given }) as unknown as SubmittedContent;
const entry = (id: string, section: 'training' | 'contact', values: Record<string, string> = {}) => ({
  id,
  section,
  version: 1,
  values,
});

describe('what a submission touches', () => {
  it('is nothing in particular for a first record', () => {
    expect(touchedParts('first', content({ entries: [entry('1', 'contact')] }))).toEqual([]);
  });

  it('is the sections of an addition', () => {
    const added = content({ entries: [entry('1', 'training'), entry('2', 'training')] });
    expect(touchedParts('addition', added)).toEqual(['training']);
  });

  it('is the value a change is about', () => {
    const change = {
      id: 'c',
      entryId: '1',
      section: 'contact',
      indicator: 'mobile',
      before: null,
      after: 'x',
    } as const;
    expect(touchedParts('change', content({ changes: [change] }))).toEqual(['contact.mobile']);
  });

  it('is what was mended since the return: values, rows that came and rows that went', () => {
    const last = content({ entries: [entry('1', 'contact', { email: 'a' }), entry('2', 'training')] });
    const now = content({ entries: [entry('1', 'contact', { email: 'b' })] });
    expect(touchedParts('first', now, last)).toEqual(['contact.email', 'training']);
    expect(touchedParts('first', last, now)).toEqual(['contact.email', 'training']);
  });
});

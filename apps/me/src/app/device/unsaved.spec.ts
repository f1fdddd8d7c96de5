import { draftKey, openDraft, typeInto, unsavedKeys, type DraftPlace } from '@shidang/web-kit/section-form';
import { forgetUnsaved, noteUnsaved, unsavedOf, unsavedRows } from './unsaved';

const at = (section: DraftPlace['section'], entryId: string, given = {}): DraftPlace => ({
  ...{ accountId: 'a', teacherId: 't', section, entryId },
  ...given,
});
afterEach(forgetUnsaved);

it('what was typed and is not saved counts in its section, for who typed it', () => {
  const draft = typeInto(
    typeInto(openDraft('work', 'primarySecondary', {}), 'startMonth', '去年'),
    'employer',
    '瓯江小学',
  );
  noteUnsaved(draftKey(at('work', 'new')), unsavedKeys(draft).length);
  noteUnsaved(draftKey(at('work', 'e1')), 1);
  noteUnsaved(draftKey(at('contact', 'e2')), 1);
  noteUnsaved(draftKey(at('contact', 'e2', { accountId: 'b' })), 5);
  expect(Object.fromEntries(unsavedOf('a', 't'))).toEqual({ work: 3, contact: 1 });
  expect(unsavedRows('a', 't')).toContainEqual({ section: 'work', entryId: 'e1', count: 1 });
  noteUnsaved(draftKey(at('contact', 'e2')), 0);
  expect(unsavedOf('a', 't').has('contact')).toBe(false);
  expect(unsavedOf('a', 'another').size).toBe(0);
});

import { exampleRow } from '@shidang/catalogue';
import { blocking, complaintsOf } from './complaints';
import { fieldsOf, type RowRights } from './form-fields';
import {
  keepDraft,
  keptAt,
  losesOnReload,
  memoryShelf,
  takeUp,
  withKeptDraft,
  type RowStanding,
  type Shelf,
} from './kept-draft';
import { changesOf, isChanged, openDraft, rebase, reveal, settle, takeTheirs, typeInto } from './section-draft';

const today = '2016-11-23';
const category = 'primarySecondary';
const study = exampleRow('education', category);
const rights = (given: Partial<RowRights> = {}): RowRights => ({
  keys: ['major', 'educationSchool', 'graduateMonth', 'enrollMonth', 'educationLevel'],
  isEffective: false,
  returned: false,
  fills: true,
  isTeacher: false,
  ...given,
});
const closedIn = (section: 'education' | 'basic', given: Partial<RowRights>) =>
  Object.fromEntries(
    fieldsOf(openDraft(section, category), rights({ keys: [], ...given })).map((each) => [each.key, each.closed]),
  );

describe('a row being edited', () => {
  it('sends only what differs, and null for what was emptied', () => {
    const draft = typeInto(typeInto(openDraft('education', category, study), 'major', ' 数学教育 '), 'studyMode', '');
    expect(changesOf(draft)).toEqual({ major: '数学教育', studyMode: null });
    expect(isChanged(typeInto(draft, 'major', study['major']))).toBe(true);
    expect(isChanged(openDraft('education', category, study))).toBe(false);
  });

  it('reads dates and codes as people write them', () => {
    const draft = typeInto(
      typeInto(openDraft('education', category), 'enrollMonth', '2003年9月'),
      'educationLevel',
      '大学本科毕业',
    );
    expect(draft.values).toMatchObject({ enrollMonth: '2003-09', educationLevel: '21' });
  });

  it('keeps what cannot be read in the field, says how to write it, and does not send it', () => {
    const draft = typeInto(openDraft('education', category, study), 'enrollMonth', '去年');
    expect(fieldsOf(draft, rights()).find((each) => each.key === 'enrollMonth')?.value).toBe('去年');
    expect(blocking(complaintsOf(draft, today)).map((each) => each.words.zh)).toEqual([
      '入学年月：“去年” 不是可识别的日期，请写成 2016-09 这样',
    ]);
    expect(changesOf(draft)).toEqual({});
  });

  it('draws no field that another choice switched off, and empties it', () => {
    const draft = typeInto(openDraft('education', category, study), 'educationLevel', '0');
    expect(fieldsOf(draft, rights()).map((each) => each.key)).not.toContain('major');
    expect(changesOf(draft)).toMatchObject({ educationLevel: '0', major: null });
  });

  it('does not stop a draft for what is missing, nor for what was wrong before', () => {
    const wrong = { ...study, graduateMonth: '1990-01' };
    const draft = typeInto(openDraft('education', category, wrong), 'major', '');
    const complaints = complaintsOf(draft, today);
    expect(complaints.map((each) => [each.key, each.blocks])).toEqual([
      ['major', false],
      ['graduateMonth', false],
    ]);
    const made = typeInto(openDraft('education', category, study), 'graduateMonth', '1990-01');
    expect(blocking(complaintsOf(made, today)).map((each) => each.key)).toEqual(['graduateMonth']);
  });
});

describe('a masked value', () => {
  const contact = { mobile: '139****0000', email: 'z***@example.cn' };

  it('is neither checked nor sent while nobody typed over it', () => {
    const draft = openDraft('contact', category, contact);
    expect(complaintsOf(draft, today)).toEqual([]);
    expect(changesOf(draft)).toEqual({});
    expect(fieldsOf(draft, rights()).find((each) => each.key === 'mobile')).toMatchObject({ isHidden: true });
  });

  it('is checked once typed over or revealed', () => {
    const typed = typeInto(openDraft('contact', category, contact), 'mobile', '123');
    expect(blocking(complaintsOf(typed, today)).map((each) => each.key)).toEqual(['mobile']);
    const shown = reveal(openDraft('contact', category, contact), 'mobile', '13900000000');
    expect(changesOf(shown)).toEqual({});
    expect(changesOf(typeInto(shown, 'mobile', '13900000001'))).toEqual({ mobile: '13900000001' });
  });
});

describe('why a field is closed', () => {
  it('is named: derived, the school, effective, in review, not marked, the role', () => {
    expect(closedIn('basic', { isTeacher: true })).toMatchObject({
      highestEducation: 'derived',
      idNo: 'identity',
      name: 'school',
      photo: 'file',
    });
    expect(closedIn('education', { isEffective: true })['major']).toBe('effective');
    expect(closedIn('education', { closedBecause: 'review' })['major']).toBe('review');
    expect(closedIn('education', { returned: true })['major']).toBe('notMarked');
    expect(closedIn('education', { fills: false })['major']).toBe('role');
  });
});

describe('after somebody else saved first', () => {
  it('what I typed stands on top of theirs; only fields both changed are asked about', () => {
    const mine = typeInto(typeInto(openDraft('education', category, study), 'major', '数学'), 'educationSchool', '甲');
    const { draft, conflicts, taken } = rebase(mine, { ...study, major: '音乐', studyMode: '2' });
    expect(conflicts.map((each) => each.key)).toEqual(['major']);
    expect(taken).toEqual(['studyMode']);
    expect(changesOf(draft)).toEqual({ major: '数学', educationSchool: '甲' });
    expect(changesOf(takeTheirs(draft, 'major'))).toEqual({ educationSchool: '甲' });
  });
});

describe('a 412 after a masked value was shown', () => {
  const masked = { mobile: '139****0000', email: 'z***@example.cn' };
  const shown = reveal(openDraft('contact', category, masked), 'mobile', '13900000000');

  it('says nothing about the value, and masks it again', () => {
    const { draft, conflicts, taken } = rebase(typeInto(shown, 'email', 'li@example.cn'), masked);
    expect([conflicts, taken]).toEqual([[], []]);
    expect(changesOf(draft)).toEqual({ email: 'li@example.cn' });
    expect(draft.hidden).toEqual(['mobile']);
  });

  it('keeps what I typed over it, without a conflict', () => {
    const { draft, conflicts, taken } = rebase(typeInto(shown, 'mobile', '13900000001'), masked);
    expect([conflicts, taken]).toEqual([[], []]);
    expect(changesOf(draft)).toEqual({ mobile: '13900000001' });
  });

  it('still asks where somebody filled in what was empty', () => {
    const mine = typeInto(openDraft('contact', category), 'mobile', '13900000001');
    expect(rebase(mine, masked).conflicts.map(({ key }) => key)).toEqual(['mobile']);
  });
});

describe('what was typed while a save was running', () => {
  const sent = typeInto(openDraft('education', category, study), 'major', '数学');

  it('is left over, and nothing else', () => {
    const now = typeInto(typeInto(sent, 'educationSchool', '甲'), 'enrollMonth', '去年');
    const left = settle(now, sent, sent.values);
    expect(changesOf(left)).toEqual({ educationSchool: '甲' });
    expect(left.unread).toEqual({ enrollMonth: '去年' });
    expect(isChanged(settle(sent, sent, sent.values))).toBe(false);
  });

  it('stands where it went on in the field that was sent, also back to what was before', () => {
    const stored = { ...sent.values, major: '数学教育' };
    expect(changesOf(settle(typeInto(sent, 'major', '音乐'), sent, stored))).toEqual({ major: '音乐' });
    expect(changesOf(settle(typeInto(sent, 'major', study['major']), sent, sent.values))).toEqual({
      major: study['major'],
    });
    expect(settle(sent, sent, stored).values['major']).toBe('数学教育');
  });

  it('leaves masked what was saved in clear or shown meanwhile', () => {
    const mask = { mobile: '139****0001', email: 'z***@example.cn' };
    const typed = typeInto(openDraft('contact', category, mask), 'mobile', '13900000001');
    const left = settle(reveal(typed, 'email', 'zhang@example.cn'), typed, mask);
    expect(changesOf(left)).toEqual({});
    expect(left.values).toEqual(mask);
    expect(left.hidden).toEqual(['mobile', 'email']);
  });
});

describe('a kept draft', () => {
  const place = { accountId: 'a', teacherId: 't', section: 'education', entryId: 'e' } as const;
  it('comes back after a reload, also what could not be read', () => {
    const shelf = memoryShelf();
    const draft = typeInto(typeInto(openDraft('education', category, study), 'major', '数学'), 'enrollMonth', '去年');
    keepDraft(shelf, place, draft);
    const back = withKeptDraft(shelf, place, openDraft('education', category, study));
    expect(changesOf(back)).toEqual({ major: '数学' });
    expect(back.unread).toEqual({ enrollMonth: '去年' });
    keepDraft(shelf, place, openDraft('education', category, study));
    expect(withKeptDraft(shelf, place, openDraft('education', category, study)).unread).toEqual({});
  });

  it('never holds a sensitive value, except in memory', () => {
    const at = { ...place, section: 'contact' } as const;
    const typed = typeInto(openDraft('contact', category), 'mobile', '13900000000');
    const [storage, memory] = [memoryShelf(), memoryShelf()];
    keepDraft(storage, at, typed);
    keepDraft(memory, at, typed, true);
    const back = (shelf: Shelf) => changesOf(withKeptDraft(shelf, at, openDraft('contact', category)));
    expect(back(storage)).toEqual({});
    expect(back(memory)).toEqual({ mobile: '13900000000' });
    expect(losesOnReload(typed)).toBe(true);
  });

  describe('on the row as it is now', () => {
    const typed = typeInto(typeInto(openDraft('education', category, study), 'major', '数学'), 'educationSchool', '甲');
    const shelf = memoryShelf();
    keepDraft(shelf, place, typed, false, { etag: '1', round: 'first' });
    const on = (values: Record<string, unknown>, now: RowStanding) => {
      const { draft, suggested } = takeUp(
        keptAt(shelf, place)!,
        openDraft('education', category, values as never),
        now,
      );
      return [changesOf(draft), suggested];
    };
    const both = { major: '数学', educationSchool: '甲' };

    it('goes on top of the version it was typed into', () => {
      expect(on(study, { etag: '1', round: 'first' })).toEqual([both, {}]);
    });

    it('after somebody else wrote, only where he left the value alone; what he changed is a suggestion', () => {
      const theirs = { ...study, major: '音乐' };
      expect(on(theirs, { etag: '2', round: 'first' })).toEqual([{ educationSchool: '甲' }, { major: '数学' }]);
    });

    it('after a submission nothing is saved by itself, and what the row says already is no suggestion', () => {
      expect(on(study, { etag: '1', round: 'second' })).toEqual([{}, both]);
      expect(on({ ...study, major: '数学' }, { etag: '2', round: 'second' })).toEqual([{}, { educationSchool: '甲' }]);
    });

    it('a suggestion stays one until it is used, let go or typed anew', () => {
      const again = memoryShelf();
      keepDraft(again, place, openDraft('education', category, study), false, { etag: '2', suggested: both });
      expect(keptAt(again, place)).toMatchObject({ typed: {}, suggested: both });
      keepDraft(again, place, typed, false, { etag: '2', suggested: both });
      expect(keptAt(again, place)).toMatchObject({ typed: both, suggested: {} });
      again.setItem('shidang.draft.a.t.education.e', JSON.stringify({ major: '数学' }));
      expect(keptAt(again, place)).toMatchObject({ typed: {}, suggested: { major: '数学' } });
    });
  });
});

import { openDraft, typeInto } from '@shidang/web-kit/section-form';
import { sendable } from './sendable';

const today = '2026-11-28';
const typed = (...fields: [string, unknown][]) =>
  fields.reduce((draft, [key, raw]) => typeInto(draft, key, raw), openDraft('work', 'primarySecondary', {}));

describe('what autosave sends', () => {
  it('is what differs', () => {
    expect(sendable(typed(['startMonth', '2010-09']), today)).toEqual({ startMonth: '2010-09' });
  });

  it('is what is right: a field that cannot be read holds back no other', () => {
    expect(sendable(typed(['startMonth', '去年'], ['employer', '瓯江小学']), today)).toEqual({ employer: '瓯江小学' });
  });

  it('leaves out an end before its start', () => {
    expect(sendable(typed(['startMonth', '2010-09'], ['endMonth', '2009-01']), today)).not.toHaveProperty('endMonth');
  });
});

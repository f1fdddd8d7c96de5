import { openDraft, typeInto } from '@shidang/web-kit/section-form';
import { RefusedByServer } from '@shidang/client';
import { heldBack, isForLater, sendable, withoutHeld } from './sendable';

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

describe('after a refusal', () => {
  const refusedWith = (status: number) => new RefusedByServer({ type: '', title: '', status, code: 'x' } as never);

  it('what says nothing about the values is for later: no connection, a server that is away, busy or slow', () => {
    expect(
      [new TypeError('fetch failed'), refusedWith(503), refusedWith(504), refusedWith(429)].map(isForLater),
    ).toEqual([true, true, true, true]);
    expect([refusedWith(422), refusedWith(412), refusedWith(403)].map(isForLater)).toEqual([false, false, false]);
  });

  const sent = { employer: '瓯江小学', position: '教师' };

  it('only the field it named waits: the others go on, and what was typed meanwhile', () => {
    const held = heldBack(sent, ['position']);
    expect(withoutHeld({ ...sent, startMonth: '2010-09' }, held)).toEqual({
      employer: '瓯江小学',
      startMonth: '2010-09',
    });
  });

  it('everything that was sent waits where it named none of it, what was typed meanwhile does not', () => {
    const held = heldBack(sent, ['endMonth']);
    expect(withoutHeld({ ...sent, startMonth: '2010-09' }, held)).toEqual({ startMonth: '2010-09' });
  });

  it('a field that was mended is sent again', () => {
    expect(withoutHeld({ ...sent, position: '校长' }, heldBack(sent, ['position']))).toHaveProperty('position', '校长');
  });
});

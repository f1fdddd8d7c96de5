import { followEvents, type Source } from './follow-events';

class Played extends EventTarget {
  readyState = 1;
  closed = false;
  close() {
    this.closed = true;
    this.readyState = 2;
  }
  say(event: string, data?: unknown) {
    this.dispatchEvent(Object.assign(new Event(event), data === undefined ? {} : { data: JSON.stringify(data) }));
  }
}

function following() {
  const source = new Played();
  const heard: unknown[] = [];
  const live: boolean[] = [];
  const stop = followEvents(
    {
      path: '/api/v1/jobs/1/events',
      events: ['job'],
      hear: (event, data) => heard.push([event, data]),
      live: (is) => live.push(is),
    },
    () => source as unknown as Source,
  );
  return { source, heard, live, stop };
}

describe('following events', () => {
  it('hears what it asked for, and no more after the end', () => {
    const { source, heard, live } = following();
    source.say('job', { done: 1 });
    source.say('other', { done: 9 });
    source.say('end', {});
    expect(heard).toEqual([['job', { done: 1 }]]);
    expect(live).toEqual([true, false]);
    expect(source.closed).toBe(true);
  });

  it('says when nothing comes, and leaves coming back to the browser', () => {
    const { source, live } = following();
    source.readyState = 0;
    source.say('error');
    expect([live, source.closed]).toEqual([[false], false]);
    source.say('job', {});
    expect(live).toEqual([false, true]);
  });

  it('closes what was refused, and what nobody looks at any more', () => {
    const refused = following();
    refused.source.readyState = 2;
    refused.source.say('error');
    expect(refused.source.closed).toBe(true);
    const left = following();
    left.stop();
    expect(left.source.closed).toBe(true);
  });
});

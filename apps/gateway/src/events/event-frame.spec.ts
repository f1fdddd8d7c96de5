import { farewell, SeenState } from './event-frame';

const state = (n: number, m = 0) => ({
  parts: [
    { event: 'job', data: { n } },
    { event: 'notices', data: { m } },
  ],
});
const idOf = (frames: string) => /^id: (\w+)$/m.exec(frames)?.[1];

describe('what a reader of a stream has seen', () => {
  it('is not sent again; only the part that changed is', () => {
    const seen = new SeenState(undefined);
    const first = seen.news(state(1));
    expect(first).toMatch(/^id: \w{16}\nevent: job\ndata: {"n":1}\n\nid: \w{16}\nevent: notices\ndata: {"m":0}\n\n$/);
    expect(seen.news(state(1))).toBe('');
    const next = seen.news(state(2));
    expect(next).toContain('event: job\ndata: {"n":2}\n\n');
    expect(next).not.toContain('notices');
    expect(seen.news(state(1))).toContain('data: {"n":1}');
  });

  it('is known again by the id he comes back with, and by no other', () => {
    const id = idOf(new SeenState(undefined).news(state(3)));
    expect(new SeenState(id).news(state(3))).toBe('');
    expect(new SeenState(id).news(state(4))).toContain('{"n":4}');
    expect(new SeenState('made up').news(state(3))).toContain('{"n":3}');
  });

  it('ends with a word', () => {
    expect(farewell()).toBe('event: end\ndata: {}\n\n');
    expect(farewell('identity.session_ended')).toContain('{"code":"identity.session_ended"}');
  });
});

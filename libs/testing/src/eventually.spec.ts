import { eventually } from './eventually';

describe('eventually', () => {
  it('answers what the probe answers once it no longer fails', async () => {
    let calls = 0;
    const probe = () => {
      calls += 1;
      if (calls < 3) throw new Error('not yet');
      return calls;
    };
    expect(await eventually(probe, 'the third call answers')).toBe(3);
  });

  it('says what should have become true and what was seen last', async () => {
    await expect(eventually(() => false, 'the case is open', { timeout: 30, every: 5 })).rejects.toThrow(
      'the case is open — not within 30 ms. Last seen: it stayed false',
    );
  });
});

import { askedOf } from '../command';
import { auditCommands } from './audit-commands';

const restored = auditCommands['audit restored'];
const run = (...args: string[]) => restored.run(askedOf(restored, ['--service', 'notifications', ...args]));
const time = ['--to-time', '2026-11-28T09:30:00+08:00'];
const reason = ['--reason', '机房断电'];

/** What it does on a running system: `operations.e2e-spec.ts`. */
describe('`audit restored`', () => {
  it('wants a time and a reason', async () => {
    await expect(run(...reason, '--yes')).rejects.toThrow('audit restored --to-time T');
    await expect(run(...time, '--yes')).rejects.toThrow('--reason "…" is missing');
  });

  it('says what it would set aside, and waits for a yes', async () => {
    expect(await run(...time, ...reason)).toMatchObject({
      code: 3,
      words: [
        'would set aside what the audit chains sealed after 2026-11-28T09:30:00+08:00',
        'Nothing was done: repeat it with --yes.',
      ],
    });
  });
});

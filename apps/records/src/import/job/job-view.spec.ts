import { importRefusals } from '@shidang/contracts';
import { failureOf, type ImportRow } from '../import-row';
import { jobOf } from './job-view';

const row = (given: Partial<ImportRow>): ImportRow =>
  ({
    id: '01a2229d-6ccc-755d-b591-aab9c842d798',
    step_total: 3,
    step_done: 3,
    created_at: new Date('2026-11-28T08:00:00Z'),
    committed_at: new Date('2026-11-28T08:05:00Z'),
    counts: null,
    heads: null,
    failure: null,
    undone: null,
    ...given,
  }) as ImportRow;

describe('an import as a job', () => {
  it('is done when its rows are in', () => {
    expect(jobOf(row({ state: 'committed' }))).toMatchObject({ state: 'done', endedAt: '2026-11-28T08:05:00.000Z' });
  });

  it('has stopped when it could not be taken back, and says by what', () => {
    const job = jobOf(row({ state: 'committed', failure: failureOf(importRefusals.gaveUp({})) }));
    expect(job).toMatchObject({ state: 'stopped', step: 'undoing', stoppedBy: importRefusals.gaveUp.code });
    expect(job.endedAt).toBeUndefined();
  });
});

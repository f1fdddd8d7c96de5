import { ToneTag, useWords, type Tone } from '@shidang/web-kit';
import type { Stage } from './report-calls';
import { words } from './words';

const tones: Readonly<Record<Stage, Tone>> = {
  open: 'progress',
  submitted: 'waiting',
  accepted: 'done',
  returned: 'returned',
  'rolled-up': 'done',
};

/** Where a report stands; without one nobody has begun. */
export function StageTag({ stage, late = false }: { readonly stage?: Stage; readonly late?: boolean }) {
  const t = useWords(words);
  return (
    <>
      <ToneTag tone={stage ? tones[stage] : 'neutral'}>{stage ? t(`stage_${stage}`) : t('notBegun')}</ToneTag>
      {late && (
        <>
          {' '}
          <ToneTag tone="problem">{t(stage && stage !== 'open' ? 'late' : 'overdue')}</ToneTag>
        </>
      )}
    </>
  );
}

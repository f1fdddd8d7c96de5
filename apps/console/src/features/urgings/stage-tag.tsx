import type { components } from '@shidang/client';
import { formatMoment, ToneTag, useWords, type Tone } from '@shidang/web-kit';
import { words } from './words';

export type Summary = components['schemas']['UrgingSummary'];

const tones: Readonly<Record<Summary['stage'], Tone>> = {
  held: 'neutral',
  sent: 'waiting',
  climbed: 'problem',
  done: 'done',
};

export function StageTag({ urging: { stage, deliverAt } }: { readonly urging: Summary }) {
  const t = useWords(words);
  return <ToneTag tone={tones[stage]}>{t(`stage_${stage}`, { at: formatMoment(deliverAt) })}</ToneTag>;
}

/** What the reader himself has still to do about it. */
export function MineTag({ urging: { mine, replyRequired, stage } }: { readonly urging: Summary }) {
  const t = useWords(words);
  if (!mine) return null;
  if (mine.repliedAt) return <ToneTag tone="done">{t('answered')}</ToneTag>;
  if (replyRequired && stage !== 'done') return <ToneTag tone="returned">{t('toAnswer')}</ToneTag>;
  return <ToneTag tone={mine.readAt ? 'neutral' : 'waiting'}>{t(mine.readAt ? 'read' : 'unread')}</ToneTag>;
}

import { ToneTag, useWords, type Tone } from '@shidang/web-kit';
import type { ImportView } from './upload';
import { words } from './words';

const tones: Readonly<Record<ImportView['state'], Tone>> = {
  uploading: 'neutral',
  uploaded: 'waiting',
  checking: 'progress',
  matching: 'waiting',
  checked: 'waiting',
  committing: 'progress',
  committed: 'done',
  undoing: 'progress',
  undone: 'returned',
  failed: 'problem',
};

export function StateTag({ state }: { readonly state: ImportView['state'] }) {
  const t = useWords(words);
  return <ToneTag tone={tones[state]}>{t(`state_${state}`)}</ToneTag>;
}

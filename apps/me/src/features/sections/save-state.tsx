import { formatTime, useConnection, useWords } from '@shidang/web-kit';
import { losesOnReload } from '@shidang/web-kit/section-form';
import { Icon } from '../../app/icon';
import { sectionWords } from './section-words';
import type { Autosave } from './use-autosave';

/** 「已保存 10:32」 or where it is otherwise: never a question of having pressed something. */
export function SaveState({ form }: { readonly form: Autosave }) {
  const s = useWords(sectionWords);
  const connection = useConnection();
  const { saving, draft } = form;
  const isWaiting = saving.kind === 'waiting' || (saving.kind === 'saving' && connection === 'lost');
  const wrong = form.complaints.some(({ blocks }) => blocks);
  if (isWaiting)
    return (
      <p className="save-state save-waiting" role="status">
        {s(losesOnReload(draft) ? 'waitingSensitive' : 'waiting')}
      </p>
    );
  if (saving.kind === 'held' || wrong)
    return (
      <p className="save-state save-held" role="status">
        {s('notSaved')}
      </p>
    );
  return (
    <p className="save-state" role="status">
      {saving.kind === 'saved' && <Icon name="done" />}
      {saving.kind === 'saved'
        ? s('saved', { time: formatTime(saving.at) })
        : s(saving.kind === 'saving' ? 'saving' : 'autosave')}
    </p>
  );
}

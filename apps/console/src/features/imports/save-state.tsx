import { formatTime, useWords } from '@shidang/web-kit';
import { Problem } from '../../app/problem';
import type { Mending } from './mending/use-mending';
import { words } from './words';

/** 「未保存 n 处」「已保存 14:05」: whether the server has what is typed. */
export function SaveState({ mending }: { readonly mending: Mending }) {
  const t = useWords(words);
  const { unsaved, savedAt, failure } = mending.state;
  if (failure !== undefined) return <Problem error={failure} retry={mending.retry} />;
  return (
    <span role="status" className="imports-note">
      {unsaved.size > 0
        ? t('unsaved', { count: unsaved.size })
        : savedAt
          ? t('saved', { time: formatTime(savedAt) })
          : ''}
    </span>
  );
}

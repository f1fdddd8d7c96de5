import type { SectionKey } from '@shidang/catalogue';
import { formatDay, useWords } from '@shidang/web-kit';
import { confirmSection, useRecordChanged } from '@shidang/web-kit/record';
import { useMutation } from '@tanstack/react-query';
import { Icon } from '../../app/icon';
import { Problem } from '../../app/problem';
import { bySchool } from '../record/section-state';
import type { OwnSection } from './section-page';
import { sectionWords } from './section-words';

/** 「与去年一致，确认」 in one tap, where nothing is missing and nothing is marked. */
export function Confirm({ own: { teacherId, view, marks, completeness } }: { readonly own: OwnSection }) {
  const s = useWords(sectionWords);
  const section = view.section as SectionKey;
  const changed = useRecordChanged(teacherId);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => confirmSection(teacherId, section, view.contentTag ?? ''),
    onSettled: changed,
  });
  if (view.confirmedAt)
    return (
      <p className="confirmed" role="status">
        <Icon name="done" />
        {s('confirmed', { day: formatDay(view.confirmedAt) })}
      </p>
    );
  const isOpen = !view.closedBecause && !bySchool(section) && view.contentTag !== undefined;
  const isMarked = (marks?.marks ?? []).some((each) => each.section === section);
  const lacks = (completeness?.findings ?? []).some((each) => each.section === section && each.severity === 'error');
  if (!isOpen || isMarked || lacks || !completeness) return null;
  return (
    <>
      <Problem error={error} />
      <button className="button button-wide" disabled={isPending} onClick={() => mutate()}>
        {s(view.entries.length > 0 ? 'confirm' : 'confirmEmpty')}
      </button>
    </>
  );
}

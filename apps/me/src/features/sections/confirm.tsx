import type { SectionKey } from '@shidang/catalogue';
import { formatDay, useWords } from '@shidang/web-kit';
import { confirmSection, useRecordChanged, type SectionView } from '@shidang/web-kit/record';
import { useMutation } from '@tanstack/react-query';
import { Icon } from '../../app/icon';
import { Problem } from '../../app/problem';
import { bySchool } from '../record/section-state';
import type { OwnSection } from './section-page';
import { sectionWords } from './section-words';

/** Last year there is only where an earlier record is in effect. */
function wordFor({ entries, effectiveVersion }: SectionView): 'confirm' | 'confirmFirst' | 'confirmEmpty' {
  if (entries.length === 0) return 'confirmEmpty';
  return effectiveVersion !== undefined && entries.every(({ isEffective }) => isEffective) ? 'confirm' : 'confirmFirst';
}

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
      <button className="button button-wide confirm" disabled={isPending} onClick={() => mutate()}>
        {s(wordFor(view))}
      </button>
    </>
  );
}

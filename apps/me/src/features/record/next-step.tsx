import { inLanguage, useLanguage, useSession, useWords } from '@shidang/web-kit';
import type { Completeness, TeacherView } from '@shidang/web-kit/record';
import { Link } from 'wouter';
import { Withdraw } from '../submission/withdraw';
import { recordWords } from './record-words';
import { isReturned, openOf, type SectionState } from './section-state';

export interface StandingProps {
  readonly teacher: TeacherView;
  readonly completeness: Completeness;
  readonly states: readonly SectionState[];
}

/** What one does next with the record: fill in what is missing, mend, or check and submit. */
export function NextStep({ teacher, completeness, states }: StandingProps) {
  const t = useWords(recordWords);
  const language = useLanguage();
  const { can } = useSession();
  if (teacher.inReview) return can('review.withdraw') ? <Withdraw teacherId={teacher.id} /> : null;
  const hasNew = teacher.effectiveVersion === 0 || completeness.pendingRows > 0;
  if (!hasNew || teacher.status === 'left') return null;
  const first = states.find(({ marked, open, bySchool }) => marked.open > 0 || (open > 0 && !bySchool));
  const isReady = !first && openOf(states, true) === 0;
  const { zhName: zh, en } = first?.section ?? { zhName: '', en: '' };
  return (
    <>
      {first && (
        <Link className="button button-main button-wide" href={`/sections/${first.section.key}`}>
          {t(first.marked.open > 0 ? 'mendNext' : 'fillNext', { section: inLanguage({ zh, en }, language) })}
        </Link>
      )}
      {(isReady || isReturned(teacher, completeness)) && (
        <Link className={`button button-wide ${isReady ? 'button-main' : ''}`} href="/check">
          {t('check')}
        </Link>
      )}
    </>
  );
}

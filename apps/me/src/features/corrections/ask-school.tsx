import { useSession, useWords } from '@shidang/web-kit';
import type { EntryView, SectionView } from '@shidang/web-kit/record';
import { Link } from 'wouter';
import { correctionsWords } from './corrections-words';

interface AskSchoolProps {
  readonly view: SectionView;
  readonly entry: EntryView;
}

/** 工作方案 五(五): what is in effect only the school applies to change; a teacher asks it to. */
export function AskSchool({ view, entry }: AskSchoolProps) {
  const t = useWords(correctionsWords);
  const { can } = useSession();
  if (!entry.isEffective || !can('change.ask') || view.closedBecause === 'left') return null;
  return (
    <Link className="button button-wide" href={`/sections/${view.section}/${entry.id}/correction`}>
      {t('ask')}
    </Link>
  );
}

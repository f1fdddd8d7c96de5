import { findSection, type SectionKey } from '@shidang/catalogue';
import { useSession } from '@shidang/web-kit';
import { sectionQuery, useTeacher, type SectionView } from '@shidang/web-kit/record';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useUnsavedRows, type UnsavedRow } from '../../app/device/unsaved';
import { forget } from './draft-shelf';
import { useSource } from './row-form';
import type { OwnSection } from './section-page';
import { useAutosave } from './use-autosave';

interface SendKeptProps {
  readonly teacherId: string;
  /** Absent: all of them. */
  readonly section?: SectionKey;
}

/** Sends what lies on this device of the own record, on pages where no form is open, the way the form would (0132); shows nothing. */
export default function SendKept({ teacherId, section }: SendKeptProps) {
  const { me } = useSession();
  const rows = useUnsavedRows(me.account.id, teacherId).filter((each) => !section || each.section === section);
  return (
    <>
      {rows.map((row) => {
        const known = findSection(row.section)?.key;
        return known && <Kept key={`${known} ${row.entryId}`} {...{ teacherId, row }} section={known} />;
      })}
    </>
  );
}

interface KeptProps {
  readonly teacherId: string;
  readonly section: SectionKey;
  readonly row: UnsavedRow;
}

/** Only on top of the row as it is now: an answer of before says neither its version nor that it is still there. */
function Kept({ teacherId, section, row: { entryId } }: KeptProps) {
  const view = useQuery({ ...sectionQuery(teacherId, section), refetchOnMount: 'always' });
  const teacher = useTeacher(teacherId);
  if (!view.data || !view.isFetchedAfterMount || !teacher.data || teacher.data.inReview) return null;
  const entry = view.data.entries.find(({ id }) => id === entryId);
  if (!entry && entryId !== 'new') return <Gone {...{ teacherId, section, entryId }} />;
  const own = ownOf(teacherId, view.data, teacher.data.caseId);
  // rights that change begin anew
  return <Sent key={String((entry ?? view.data).fillableKeys?.length)} own={own} {...(entry && { entry })} />;
}

const ownOf = (teacherId: string, view: SectionView, round = ''): OwnSection => ({
  ...{ teacherId, view, round, marks: null, completeness: undefined, isFresh: true },
});

function Sent(row: Parameters<typeof useSource>[0]) {
  useAutosave(useSource(row));
  return null;
}

/** Deleted elsewhere: there is nothing to save it into. */
function Gone({ teacherId, section, entryId }: { teacherId: string; section: SectionKey; entryId: string }) {
  const { me } = useSession();
  useEffect(
    () => forget({ accountId: me.account.id, teacherId, section, entryId }),
    [me.account.id, teacherId, section, entryId],
  );
  return null;
}

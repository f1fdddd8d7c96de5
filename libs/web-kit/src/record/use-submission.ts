import { answer } from '@shidang/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/api';
import { untilUnlocked, useRecordChanged, useRecordLocked, type Completeness, type TeacherView } from './record-api';

export type RecordFinding = Completeness['findings'][number];

const keyOf = ({ section, code, entryId = '' }: RecordFinding): string => `${section} ${code} ${entryId}`;

const distinct = (findings: readonly RecordFinding[]): RecordFinding[] => [
  ...new Map(findings.map((each) => [keyOf(each), each])).values(),
];

/** Declares and submits (工作方案 五(三)); contradictions go along with a reason each. */
export function useSubmission(
  teacher: TeacherView,
  completeness: Pick<Completeness, 'findings'> | undefined,
  onSubmitted: () => void,
) {
  const [declared, setDeclared] = useState(false);
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const changed = useRecordChanged(teacher.id);
  const locked = useRecordLocked(teacher.id);
  const findings = completeness?.findings ?? [];
  const serious = distinct(findings.filter((each) => each.severity === 'serious'));
  const reasonOf = (finding: RecordFinding) => (reasons[keyOf(finding)] ?? '').trim();
  const sending = useMutation({
    mutationFn: () =>
      answer(
        api.POST('/api/v1/teachers/{teacherId}/submission', {
          params: { path: { teacherId: teacher.id } },
          body: {
            declared: true,
            acceptedHits: serious.map((each) => ({
              section: each.section,
              code: each.code,
              ...(each.entryId && { entryId: each.entryId }),
              reason: reasonOf(each),
            })),
          },
        }),
      ),
    onSuccess: () => {
      locked();
      changed();
      onSubmitted();
    },
  });
  // an addition to an effective record is judged by its new rows: the server says which
  const errors = teacher.effectiveVersion === 0 ? findings.filter((each) => each.severity === 'error') : [];
  return {
    declared,
    setDeclared,
    /** What stops it. */
    errors,
    /** What wants a reason. */
    serious,
    keyOf,
    reasonFor: (finding: RecordFinding) => reasons[keyOf(finding)] ?? '',
    explain: (finding: RecordFinding, reason: string) => setReasons((all) => ({ ...all, [keyOf(finding)]: reason })),
    isReady: declared && errors.length === 0 && serious.every((each) => reasonOf(each).length >= 2),
    submit: () => sending.mutate(),
    isPending: sending.isPending,
    error: sending.error,
  };
}

/** Until a reviewer has opened it; the server knows, and says so. Under way until the record is open again, which it learns by an event. */
export function useWithdrawal(teacherId: string, onWithdrawn: () => void) {
  const changed = useRecordChanged(teacherId);
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await answer(api.POST('/api/v1/teachers/{teacherId}/withdrawal', { params: { path: { teacherId } } }));
      await untilUnlocked(queries, teacherId);
    },
    onSuccess: () => {
      onWithdrawn();
      changed();
    },
  });
}

import type { Category, SectionKey } from '@shidang/catalogue';
import { useLanguage, useSession, useWords } from '@shidang/web-kit';
import { fieldLabel, formWords, type RowRights, type SectionField } from '@shidang/web-kit/section-form';
import { Alert } from 'antd';
import { useState } from 'react';
import { useUrlSearch } from '../../../app/url-state';
import { SectionForm } from '../../../section-form/section-form';
import {
  addRow,
  fetchSection,
  patchRow,
  useChangeRequests,
  useRecordChanged,
  type EntryView,
  type SectionView,
  type TeacherMarks,
  type TeacherView,
} from '../teachers-api';
import { FieldTools } from './field-tools';
import type { RecordSearchKey } from './record-page';

interface RowFormProps {
  readonly teacher: TeacherView;
  readonly view: SectionView;
  /** Absent: a new row. */
  readonly entry?: EntryView;
  readonly marks: TeacherMarks | null;
  readonly onSaved?: () => void;
  readonly onCancel?: () => void;
}

/** The form of one row, wired to its routes. */
export function RowForm({ teacher, view, entry, marks, onSaved, onCancel }: RowFormProps) {
  const t = useWords(formWords);
  const language = useLanguage();
  const { me, post, can } = useSession();
  const [search] = useUrlSearch<RecordSearchKey>();
  const changed = useRecordChanged(teacher.id);
  const [merged, setMerged] = useState<readonly string[]>([]);
  const section = view.section as SectionKey;
  const category = view.category as Category;
  const { data: requests } = useChangeRequests(teacher.id);
  const rights: RowRights = {
    keys: search.asOf ? [] : ((entry ? entry.fillableKeys : view.newRowKeys) ?? []),
    isEffective: entry?.isEffective ?? false,
    returned: view.returned,
    fills: can('record.fill'),
    isTeacher: post.role === 'teacher',
    ...(view.closedBecause && { closedBecause: view.closedBecause }),
  };
  const openChanges = (requests?.items ?? []).filter((each) => each.state === 'open' && each.entryId === entry?.id);
  return (
    <>
      {merged.length > 0 && (
        <Alert
          type="info"
          showIcon
          closable
          title={t('merged', {
            fields: merged.map((key) => fieldLabel(section, key, category, language)).join('、'),
          })}
        />
      )}
      <SectionForm
        place={{ accountId: me.account.id, teacherId: teacher.id, section, entryId: entry?.id ?? 'new' }}
        {...(entry && { entry })}
        category={category}
        rights={rights}
        marks={(marks?.marks ?? []).filter(
          (mark) =>
            mark.section === section &&
            mark.indicator &&
            (!mark.entryId || mark.entryId === entry?.id) &&
            view.returned,
        )}
        save={(values, etag) =>
          entry && etag
            ? patchRow({ teacherId: teacher.id, section, entryId: entry.id, etag }, values)
            : addRow(teacher.id, section, values)
        }
        reload={async () => (await fetchSection(teacher.id, section)).entries.find((each) => each.id === entry?.id)}
        onSaved={(_, taken) => {
          setMerged(taken);
          changed();
          onSaved?.();
        }}
        {...(onCancel && { onCancel })}
        tools={(field: SectionField, shown) => (
          <FieldTools
            teacher={teacher}
            section={section}
            category={category}
            field={field}
            {...(entry && { entry })}
            isChanging={openChanges.some((each) => each.indicator === field.key)}
            onShown={shown}
          />
        )}
      />
    </>
  );
}

import {
  findIndicator,
  indicatorsFor,
  sectionOf,
  type Category,
  type Indicator,
  type SectionKey,
} from '@shidang/catalogue';
import { inLanguage, ToneTag, useLanguage, useSession, useWords } from '@shidang/web-kit';
import { fieldLabel, valueText } from '@shidang/web-kit/section-form';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Drawer, Empty, Space, Table, type TableColumnsType } from 'antd';
import { useUrlSearch } from '../../../app/url-state';
import { Problem } from '../../../app/problem';
import {
  removeRow,
  useRecordChanged,
  type EntryView,
  type SectionView,
  type TeacherMarks,
  type TeacherView,
} from '../teachers-api';
import { words } from '../words';
import type { RecordSearchKey } from './record-page';
import { RowForm } from './row-form';

interface EntryTableProps {
  readonly teacher: TeacherView;
  readonly view: SectionView;
  readonly marks: TeacherMarks | null;
}

/** Columns that tell rows apart: the natural key first, then what is required, at most six. */
function tellingColumns(section: SectionKey, category: Category): readonly Indicator[] {
  const of = sectionOf(section);
  const all = indicatorsFor(of, category).filter(({ type, readOnly }) => type !== 'text' && !readOnly);
  const keyed = (of.identifiedBy ?? []).flatMap((key) => all.filter((each) => each.key === key));
  const required = all.filter((each) => (each.required ?? each.requiredWhen) && !keyed.includes(each));
  const rest = all.filter((each) => !keyed.includes(each) && !required.includes(each));
  return [...keyed, ...required, ...rest].slice(0, 6);
}

/** The server's rule: whoever removes a row must be allowed to fill every value in it, and after a return the row itself is marked. */
function isRemovable(view: SectionView, entry: EntryView): boolean {
  const keys = entry.fillableKeys ?? [];
  if (keys.length === 0 || Object.keys(entry.values).some((key) => !keys.includes(key))) return false;
  return !view.returned || view.marks.some((mark) => !mark.indicator && (!mark.entryId || mark.entryId === entry.id));
}

/** A repeating section: its rows, one of them open in the drawer; which one is in the URL. */
export function EntryTable({ teacher, view, marks }: EntryTableProps) {
  const t = useWords(words);
  const [search, change] = useUrlSearch<RecordSearchKey>();
  const removal = useRemoval(teacher, view);
  const columns = useColumns(view, marks, (entry) => change({ entry: entry.id }), removal.ask);
  const isNew = search.entry === 'new' && view.newRowKeys.length > 0 && !search.asOf;
  const opened = view.entries.find((each) => each.id === search.entry);
  const close = () => change({ entry: undefined });
  const mayAdd = view.newRowKeys.length > 0 && !search.asOf;
  const number = opened ? view.entries.indexOf(opened) + 1 : 0;
  return (
    <>
      <Problem error={removal.error} />
      <Table<EntryView>
        rowKey="id"
        size="small"
        pagination={false}
        columns={columns}
        dataSource={view.entries}
        scroll={{ x: 'max-content' }}
        locale={{
          emptyText: (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(mayAdd ? 'noRowsYet' : 'noRowsClosed')} />
          ),
        }}
      />
      {mayAdd && (
        <Button type="primary" onClick={() => change({ entry: 'new' })}>
          {t('addRow')}
        </Button>
      )}
      <Drawer
        open={isNew || opened !== undefined}
        size={820}
        destroyOnHidden
        title={isNew ? t('newRow') : t('rowOf', { number })}
        onClose={close}
      >
        {isNew && <RowForm teacher={teacher} view={view} marks={marks} onSaved={close} onCancel={close} />}
        {opened && !isNew && (
          <RowForm key={opened.id} teacher={teacher} view={view} entry={opened} marks={marks} onCancel={close} />
        )}
      </Drawer>
    </>
  );
}

/** What cannot be undone is asked, by name and number. */
function useRemoval(teacher: TeacherView, view: SectionView) {
  const t = useWords(words);
  const language = useLanguage();
  const { modal, message } = App.useApp();
  const changed = useRecordChanged(teacher.id);
  const section = view.section as SectionKey;
  const category = view.category as Category;
  const { mutateAsync, error } = useMutation({
    mutationFn: ({ id, etag }: EntryView) => removeRow({ teacherId: teacher.id, section, entryId: id, etag }),
    onSuccess: () => void message.success(t('removed')),
    onSettled: changed,
  });
  const ask = (entry: EntryView) => {
    const of = sectionOf(section);
    const what = tellingColumns(section, category)
      .slice(0, 3)
      .map((each) => valueText(each, entry.values[each.key], category))
      .filter(Boolean)
      .join(' · ');
    modal.confirm({
      title: t('removeTitle', { section: inLanguage({ zh: of.zhName, en: of.en }, language) }),
      content: t('removeLead', { what }),
      okText: t('remove'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      // a refusal is shown above the table
      onOk: () => mutateAsync(entry).catch(() => undefined),
    });
  };
  return { ask, error };
}

function useColumns(
  view: SectionView,
  marks: TeacherMarks | null,
  onOpen: (entry: EntryView) => void,
  onRemove: (entry: EntryView) => void,
): TableColumnsType<EntryView> {
  const t = useWords(words);
  const language = useLanguage();
  const { can } = useSession();
  const [search] = useUrlSearch<RecordSearchKey>();
  const section = view.section as SectionKey;
  const category = view.category as Category;
  const returnedIn = (entry: EntryView) =>
    view.returned
      ? (marks?.marks ?? []).filter((each) => each.section === section && each.entryId === entry.id).length
      : 0;
  return [
    ...tellingColumns(section, category).map(({ key }) => ({
      title: fieldLabel(section, key, category, language),
      render: (_: unknown, { values }: EntryView) =>
        valueText(shownAs(section, key, values[key]), values[key], category),
    })),
    {
      title: t('state'),
      render: (_, entry) =>
        returnedIn(entry) > 0 ? (
          <ToneTag tone="returned">{t('returned', { count: returnedIn(entry) })}</ToneTag>
        ) : (
          <ToneTag tone={entry.isEffective ? 'done' : 'progress'}>
            {t(entry.isEffective ? 'rowEffective' : 'rowNew')}
          </ToneTag>
        ),
    },
    {
      title: t('action'),
      fixed: 'right' as const,
      render: (_, entry) => (
        <Space size={0}>
          <Button type="link" size="small" onClick={() => onOpen(entry)}>
            {t((entry.fillableKeys ?? []).length > 0 && !search.asOf ? 'edit' : 'view')}
          </Button>
          {can('record.fill') && !search.asOf && isRemovable(view, entry) && (
            <Button type="link" size="small" danger onClick={() => onRemove(entry)}>
              {t('remove')}
            </Button>
          )}
        </Space>
      ),
    },
  ];
}

/** A masked value is text, not a code. */
const shownAs = (section: SectionKey, key: string, value: unknown): Indicator | undefined => {
  const indicator = findIndicator(section, key);
  return indicator?.sensitive && typeof value === 'string' && value.includes('*') ? undefined : indicator;
};

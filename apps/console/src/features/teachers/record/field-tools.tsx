import type { Category, SectionKey } from '@shidang/catalogue';
import { inLanguage, ToneTag, useLanguage, useSession, useWords } from '@shidang/web-kit';
import type { SectionField } from '@shidang/web-kit/section-form';
import { HistoryOutlined } from '@ant-design/icons';
import { Button, Drawer, Space } from 'antd';
import { useState } from 'react';
import { useUrlSearch } from '../../../app/url-state';
import type { EntryView, TeacherView } from '../teachers-api';
import { words } from '../words';
import { ChangeDialog } from './change-dialog';
import { HistoryTable } from './history-table';
import type { RecordSearchKey } from './record-page';
import { UnmaskButton } from './unmask-button';

interface FieldToolsProps {
  readonly teacher: TeacherView;
  readonly section: SectionKey;
  readonly category: Category;
  readonly field: SectionField;
  readonly entry?: EntryView;
  readonly isChanging: boolean;
  readonly onShown: (plain: unknown) => void;
}

/** What can be done at one value: see it in full, see its history, apply for a change of it. */
export function FieldTools({ teacher, section, category, field, entry, isChanging, onShown }: FieldToolsProps) {
  const t = useWords(words);
  const language = useLanguage();
  const { can } = useSession();
  const [search] = useUrlSearch<RecordSearchKey>();
  const [history, setHistory] = useState(false);
  const [changing, setChanging] = useState(false);
  if (!entry) return null;
  const label = inLanguage(field.label, language);
  const fact = field.indicator.identityFact;
  const isNumber = fact === 'documentNumber';
  const changeable = field.closed === 'effective' && !search.asOf && !isChanging && can('change.request');
  return (
    <Space size={0}>
      {field.isHidden && can('sensitive.unmask') && (
        <UnmaskButton
          teacherId={teacher.id}
          label={label}
          indicator={field.key}
          {...(!isNumber && { entryId: entry.id })}
          onShown={onShown}
        />
      )}
      {isChanging && <ToneTag tone="waiting">{t('changeOpen')}</ToneTag>}
      {changeable && (
        <Button type="link" size="small" aria-label={t('changeOf', { label })} onClick={() => setChanging(true)}>
          {t('change')}
        </Button>
      )}
      {field.closed !== 'derived' && field.closed !== 'file' && (
        <Button
          type="text"
          size="small"
          aria-label={t('fieldHistoryOf', { label })}
          title={t('fieldHistoryOf', { label })}
          icon={<HistoryOutlined />}
          onClick={() => setHistory(true)}
        />
      )}
      <Drawer
        open={history}
        size={760}
        destroyOnHidden
        title={t('historyOf', { label })}
        onClose={() => setHistory(false)}
      >
        <HistoryTable teacher={teacher} filter={{ section, entryId: entry.id, indicator: field.key }} />
      </Drawer>
      {changing && (
        <ChangeDialog
          teacher={teacher}
          section={section}
          category={category}
          entry={entry}
          field={field}
          onClose={() => setChanging(false)}
        />
      )}
    </Space>
  );
}

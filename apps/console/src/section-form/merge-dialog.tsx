import { findIndicator, type Category, type SectionKey } from '@shidang/catalogue';
import { useLanguage, useWords } from '@shidang/web-kit';
import { fieldLabel, formWords as words, valueText } from '@shidang/web-kit/section-form';
import { Modal, Radio, Table } from 'antd';
import { useState } from 'react';
import type { OpenMerge } from './use-row-form';

interface MergeDialogProps {
  readonly section: SectionKey;
  readonly category: Category;
  readonly merge: OpenMerge;
  readonly onCancel: () => void;
  /** Keys decided for the other side. */
  readonly onDecided: (theirs: readonly string[]) => void;
}

/** After a 412: before, theirs and mine for every field both changed; mine stands until another choice is made. */
export function MergeDialog({ section, category, merge, onCancel, onDecided }: MergeDialogProps) {
  const t = useWords(words);
  const language = useLanguage();
  const [theirs, setTheirs] = useState<ReadonlySet<string>>(new Set());
  const textOf = (key: string, value: unknown) => valueText(findIndicator(section, key), value, category) || t('empty');
  const choose = (key: string, side: 'theirs' | 'mine') =>
    setTheirs((all) => {
      const next = new Set(all);
      if (side === 'theirs') next.add(key);
      else next.delete(key);
      return next;
    });
  return (
    <Modal
      open
      width={760}
      title={t('mergeTitle')}
      okText={t('mergeSave')}
      cancelText={t('cancel')}
      onOk={() => onDecided([...theirs])}
      onCancel={onCancel}
    >
      <p>{t('mergeLead')}</p>
      <Table
        rowKey="key"
        size="small"
        pagination={false}
        dataSource={[...merge.conflicts]}
        columns={[
          { title: t('mergeField'), render: (_, { key }) => fieldLabel(section, key, category, language) },
          { title: t('mergeBase'), render: (_, { key, base }) => textOf(key, base) },
          {
            title: `${t('mergeTheirs')} / ${t('mergeMine')}`,
            render: (_, { key, theirs: their, mine }) => (
              <Radio.Group
                aria-label={fieldLabel(section, key, category, language)}
                value={theirs.has(key) ? 'theirs' : 'mine'}
                onChange={(event) => choose(key, event.target.value === 'theirs' ? 'theirs' : 'mine')}
                options={[
                  { value: 'theirs', label: `${t('mergeTheirs')}：${textOf(key, their)}` },
                  { value: 'mine', label: `${t('mergeMine')}：${textOf(key, mine)}` },
                ]}
                vertical
              />
            ),
          },
        ]}
      />
    </Modal>
  );
}

import { inLanguage, useLanguage, useWords, type MergeConflict } from '@shidang/web-kit';
import { Alert, Button, Space } from 'antd';
import type { Report } from './report-calls';
import { cellsIn } from './sheet-draft';
import { words } from './words';

interface MergeNoticeProps {
  readonly report: Report;
  readonly conflicts: readonly MergeConflict[];
  readonly decide: (key: string, text: string) => void;
}

/** After somebody else saved: what both changed is decided one by one, nothing is overwritten unseen. */
export function MergeNotice({ report, conflicts, decide }: MergeNoticeProps) {
  const t = useWords(words);
  const language = useLanguage();
  const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
  const shown = (value: unknown) => {
    const text = textOf(value);
    return text === 'yes' || text === 'no' ? t(text) : text || t('empty');
  };
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      style={{ marginBottom: 12 }}
      title={t(conflicts.length > 0 ? 'merged' : 'mergedClean')}
      description={conflicts.map(({ key, mine, theirs }) => {
        const cell = cellsIn(report).find((each) => each.key === key);
        return (
          <Space key={key} wrap style={{ display: 'flex', marginTop: 4 }}>
            <strong>{cell ? inLanguage(cell.label, language) : key}</strong>
            <span>{t('mine', { value: shown(mine) })}</span>
            <Button size="small" onClick={() => decide(key, textOf(mine))}>
              {t('keepMine')}
            </Button>
            <span>{t('theirs', { value: shown(theirs) })}</span>
            <Button size="small" onClick={() => decide(key, textOf(theirs))}>
              {t('takeTheirs')}
            </Button>
          </Space>
        );
      })}
    />
  );
}

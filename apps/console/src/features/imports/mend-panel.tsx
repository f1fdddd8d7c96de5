import { useKeys, useWords } from '@shidang/web-kit';
import { App, Tabs } from 'antd';
import { useRef, useState } from 'react';
import { useUrlSearch } from '../../app/url-state';
import { CausesTable, useCauses, type Cause } from './causes-table';
import { GridPanel, type GridPanelHandle } from './grid-panel';
import type { Mending } from './mending/use-mending';
import type { ImportView } from './upload';
import { words } from './words';

interface MendPanelProps {
  readonly view: ImportView;
  readonly mending: Mending;
  readonly onUndo: () => void;
}

/** Step three: what is wrong, by cause and in its place. */
export function MendPanel({ view, mending, onUndo }: MendPanelProps) {
  const t = useWords(words);
  const { message } = App.useApp();
  const [search, change] = useUrlSearch<'view' | 'sheet' | 'rows'>();
  const causes = useCauses(view.id);
  const grid = useRef<GridPanelHandle>(null);
  const [begin, setBegin] = useState<{ sheet: string; row: number; column: string | undefined }>();
  const tab = search.view === 'grid' ? 'grid' : 'causes';

  const show = ({ sheet, row, column }: Pick<Cause, 'sheet' | 'row' | 'column'>) => {
    if (row === undefined) return;
    setBegin({ sheet, row, column });
    change({ view: 'grid', sheet, rows: undefined });
    grid.current?.show(sheet, row, column);
  };
  const first = causes.data?.causes.filter((each) => each.row !== undefined) ?? [];
  const toFirst = () => {
    const one = first.find((each) => each.severity === 'error') ?? first[0];
    if (one) show(one);
    else void message.info(t('noMoreFindings'));
  };
  useKeys(
    tab === 'causes'
      ? [
          { keys: 'F8', label: t('nextFinding'), run: toFirst },
          { keys: 'Ctrl+Z', label: t('keyUndo'), run: onUndo },
        ]
      : [],
  );
  return (
    <Tabs
      activeKey={tab}
      onChange={(key) => {
        setBegin(undefined);
        change({ view: key === 'grid' ? 'grid' : undefined });
      }}
      destroyOnHidden
      size="small"
      items={[
        {
          key: 'causes',
          label: t('tabCauses', { count: causes.data?.total ?? 0 }),
          children: <CausesTable importId={view.id} mending={mending} onShow={show} />,
        },
        {
          key: 'grid',
          label: t('tabGrid'),
          children: <GridPanel ref={grid} importId={view.id} mending={mending} onUndo={onUndo} begin={begin} />,
        },
      ]}
    />
  );
}

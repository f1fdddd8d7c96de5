import { useKeys, useWords } from '@shidang/web-kit';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, App, Button, Checkbox, Space } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Problem } from '../../../app/problem';
import { routeOf } from '../../notices/notice-link';
import { Grid } from './grid';
import { twice } from './person-rows';
import './quick-grid.css';
import { registerRows, type Outcome, type ReadyRow } from './register-rows';
import { isBlock, useGridRows, type GridLine, type Pasted } from './use-grid-rows';
import { words } from './words';

const isWrong = (line: GridLine): boolean => !line.isBlank && (line.isTwice || !line.person);

const readyOf = ({ row, person, isTwice, isBlank }: GridLine): ReadyRow[] =>
  person && !isTwice && !isBlank ? [{ id: row.id, name: person.name, person }] : [];

interface Done {
  readonly count: number;
  readonly warnings: Outcome['warnings'];
}

/** 工作方案 五(二): a staff room at once out of a sheet. Good rows are registered, bad ones stay with what is wrong at the cell. */
export function QuickGridPage() {
  const t = useWords(words);
  const grid = useGridRows();
  const [onlyWrong, setOnlyWrong] = useState(false);
  const [pasted, setPasted] = useState<Pasted>();
  const [done, setDone] = useState<Done>();
  const { lines } = grid;
  const ready = lines.flatMap(readyOf);
  const wrong = lines.filter(isWrong);
  const filled = lines.filter((line) => !line.isBlank);

  const sending = useMutation({
    mutationFn: (rows: readonly ReadyRow[]) => {
      setDone({ count: 0, warnings: [] });
      // the other one goes: what was said of this one must not go with it
      const repeated = lines.filter((line) => line.isTwice).map(({ row }) => [row.id, [twice]] as const);
      return registerRows(rows, ({ registered, refused, warnings }) => {
        grid.settle(registered, new Map([...repeated, ...refused]));
        setDone((now) => ({
          count: (now?.count ?? 0) + registered.size,
          warnings: [...(now?.warnings ?? []), ...warnings],
        }));
      });
    },
    onSettled: () => setPasted(undefined),
  });
  const register = () => {
    if (ready.length > 0 && !sending.isPending) sending.mutate(ready);
  };
  useKeys([{ keys: 'Ctrl+Enter', label: t('registerKey'), run: register, whileTyping: true }]);
  usePagePaste((text) => setPasted(grid.pasteTable(text)));
  useLeaveWarning(filled.length > 0);

  const numbers = new Map(lines.map(({ row }, index) => [row.id, index + 1]));
  const shown = onlyWrong && wrong.length > 0 ? wrong : lines;
  return (
    <div className="quick-grid-page">
      <h1>{t('title')}</h1>
      <p>{t('lead')}</p>
      <Problem error={sending.error} />
      {done && done.count > 0 && !sending.isPending && <DoneNotice done={done} left={wrong.length} />}
      <div className="quick-grid-bar">
        <Space wrap>
          <Button type="primary" disabled={ready.length === 0} loading={sending.isPending} onClick={register}>
            {t('register', { count: ready.length })}
          </Button>
          <Button onClick={grid.add}>{t('addRow')}</Button>
          {filled.length > 0 && <ClearButton count={filled.length} onClear={grid.clear} />}
          {wrong.length > 0 && (
            <Checkbox checked={onlyWrong} onChange={(event) => setOnlyWrong(event.target.checked)}>
              {t('onlyWrong', { count: wrong.length })}
            </Checkbox>
          )}
        </Space>
        <span role="status">
          {pasted && `${t('pasted', { count: pasted.count })} `}
          {pasted && pasted.unread.length > 0 && `${t('notRead', { columns: pasted.unread.join('、') })} `}
          {filled.length > 0 && t('summary', { total: filled.length, ready: ready.length, wrong: wrong.length })}
        </span>
      </div>
      <Grid
        lines={shown}
        total={lines.length}
        numberOf={(id) => numbers.get(id) ?? 0}
        onChange={grid.change}
        onDrop={grid.drop}
        onPaste={(text, at, id) =>
          setPasted(filled.length === 0 && isBlock(text) ? grid.pasteTable(text) : grid.pasteCells(text, at, id))
        }
      />
      <p id="quick-grid-keys" className="quick-grid-keys">
        {t('keys')}
      </p>
    </div>
  );
}

function DoneNotice({ done, left }: { readonly done: Done; readonly left: number }) {
  const t = useWords(words);
  return (
    <Alert
      type="success"
      showIcon
      role="status"
      title={t('registered', { count: done.count })}
      description={
        <>
          <div>
            {t('accounts')} <Link {...routeOf('/accounts?state=unissued')}>{t('toSlips')}</Link>
          </div>
          {left > 0 && <div>{t('stays', { count: left })}</div>}
          {done.warnings.length > 0 && (
            <ul>
              {done.warnings.map(({ name, text }) => (
                <li key={`${name} ${text}`}>
                  {t('warnings')}：{name} {text}
                </li>
              ))}
            </ul>
          )}
        </>
      }
    />
  );
}

function ClearButton({ count, onClear }: { readonly count: number; readonly onClear: () => void }) {
  const t = useWords(words);
  const { modal } = App.useApp();
  const ask = () =>
    modal.confirm({
      title: t('clearTitle', { count }),
      content: t('clearLead', { count }),
      okText: t('clear'),
      cancelText: t('cancel'),
      onOk: onClear,
    });
  return <Button onClick={ask}>{t('clear')}</Button>;
}

/** A paste anywhere on the page that is not into a field is the list. */
function usePagePaste(take: (text: string) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const pasted = (event: ClipboardEvent) => {
      const { target } = event;
      if (event.defaultPrevented || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!isBlock(text)) return;
      event.preventDefault();
      latest.current(text);
    };
    document.addEventListener('paste', pasted);
    return () => document.removeEventListener('paste', pasted);
  }, []);
}

/** Identity numbers are kept nowhere in the browser: leaving loses them, so it is asked. */
function useLeaveWarning(active: boolean): void {
  useEffect(() => {
    if (!active) return undefined;
    const leaving = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', leaving);
    return () => window.removeEventListener('beforeunload', leaving);
  }, [active]);
}

import { documentTypes, twice } from './person-rows';
import { inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { postKinds } from '@shidang/catalogue';
import { Button } from 'antd';
import { memo, useEffect, useRef, useState } from 'react';
import { columns, type ColumnKey } from './columns';
import type { GridLine } from './use-grid-rows';
import { words } from './words';

interface GridRowProps {
  readonly line: GridLine;
  readonly index: number;
  readonly number: number;
  readonly active: number | undefined;
  /** Text the editor begins with; undefined = not editing. */
  readonly editing: string | undefined;
  readonly onActive: (line: number, column: number) => void;
  readonly onEdit: (text: string) => void;
  readonly onCommit: (text: string, then: 'down' | 'right' | 'left' | 'stay') => void;
  readonly onCancel: () => void;
  readonly onDrop: (id: string) => void;
}

const same = (a: GridRowProps, b: GridRowProps): boolean =>
  a.line.row === b.line.row &&
  a.line.isTwice === b.line.isTwice &&
  a.index === b.index &&
  a.number === b.number &&
  a.active === b.active &&
  a.editing === b.editing &&
  a.active === undefined;

/** One person; what is wrong stands in the cell it is wrong in. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { line, index, number, active, editing, onActive, onEdit, onCommit, onCancel, onDrop } = props;
  const t = useWords(words);
  const { row, isTwice } = line;
  const language = useLanguage();
  const wrong = (key: ColumnKey): string[] => [
    ...new Set(
      [...(isTwice ? [twice] : []), ...line.complaints]
        .filter(({ at }) => at === key)
        .map((each) => inLanguage(each.words, language)),
    ),
  ];
  return (
    <div role="row" className="quick-grid-row" aria-rowindex={number + 1}>
      <span role="rowheader">{number}</span>
      {columns.map(({ key }, column) => {
        const isActive = active === column;
        const said = wrong(key);
        const isDerived = row.derived.includes(key);
        if (isActive && editing !== undefined)
          return (
            <span role="gridcell" key={key} className="quick-grid-cell quick-grid-editing">
              <Editor
                column={key}
                label={`${t(key)} ${number}`}
                text={editing}
                onCommit={onCommit}
                onCancel={onCancel}
              />
            </span>
          );
        return (
          <span
            role="gridcell"
            key={key}
            data-cell={`${index}-${column}`}
            tabIndex={isActive ? 0 : -1}
            aria-invalid={said.length > 0 || undefined}
            title={isDerived ? t('fromNumber') : undefined}
            className={`quick-grid-cell${said.length > 0 ? ' quick-grid-wrong' : ''}${isDerived ? ' quick-grid-derived' : ''}`}
            onFocus={() => !isActive && onActive(index, column)}
            onMouseDown={() => isActive && onEdit(row.cells[key] ?? '')}
          >
            {row.cells[key]}
            {said.map((each) => (
              <span key={each} className="quick-grid-said">
                {each}
              </span>
            ))}
          </span>
        );
      })}
      <span role="gridcell" className="quick-grid-cell">
        <Button
          type="link"
          size="small"
          tabIndex={-1}
          aria-label={t('drop', { number })}
          onClick={() => onDrop(row.id)}
        >
          {t('dropShort')}
        </Button>
      </span>
    </div>
  );
}, same);

const choices: Readonly<Partial<Record<ColumnKey, readonly string[]>>> = {
  sex: ['男', '女'],
  documentType: documentTypes().map(({ name }) => name),
  establishment: ['在编', '合同'],
  postKind: postKinds.map(({ zhName }) => zhName),
};

interface EditorProps {
  readonly column: ColumnKey;
  readonly label: string;
  readonly text: string;
  readonly onCommit: GridRowProps['onCommit'];
  readonly onCancel: () => void;
}

function Editor({ column, label, text, onCommit, onCancel }: EditorProps) {
  const [value, setValue] = useState(text);
  const input = useRef<HTMLInputElement>(null);
  const settled = useRef(false);
  useEffect(() => input.current?.focus(), []);
  const options = choices[column];
  const settle = (then: 'down' | 'right' | 'left' | 'stay') => {
    if (settled.current) return;
    settled.current = true;
    onCommit(value, then);
  };
  return (
    <>
      <input
        ref={input}
        aria-label={label}
        value={value}
        list={options && `quick-grid-${column}`}
        onChange={(event) => setValue(event.target.value)}
        onBlur={() => settle('stay')}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') {
            settled.current = true;
            onCancel();
          } else if (event.key === 'Enter' && !event.ctrlKey) settle('down');
          else if (event.key === 'Tab') settle(event.shiftKey ? 'left' : 'right');
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {options && (
        <datalist id={`quick-grid-${column}`}>
          {options.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  );
}

import { formatDay, formatMoment, formatMonth, formatShare, inLanguage, useLanguage, useWords } from '@shidang/web-kit';
import { Button } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useUrlSearch } from '../../app/url-state';
import { toFirstPage } from '../../app/cursor-pager';
import { valueOf, type CellValue } from './cell-value';
import type { Report, ReportCell, ReportGroup } from './report-calls';
import { words } from './words';
import './sheet.css';

/** One column of figures; the last is the sum. */
interface Column {
  readonly key: string;
  readonly title: string;
  readonly of: (cell: ReportCell) => CellValue;
  /** The lists behind figures open from the sum, of a sheet that sums nothing from its one column. */
  readonly opens: boolean;
  /** Typed cells are typed here. */
  readonly own: boolean;
}

/** The same columns as the workbook has. */
function useColumns(report: Report): Column[] {
  const t = useWords(words);
  const own = (cell: ReportCell) => valueOf(cell.own);
  if (report.rolledUp.length === 0 && report.missing.length === 0)
    return [{ key: 'own', title: t('value'), of: own, opens: true, own: true }];
  return [
    { key: 'own', title: t('ownColumn'), of: own, opens: false, own: true },
    ...report.rolledUp.map(({ organisation, figures }): Column => {
      const values = figures as Readonly<Record<string, unknown>> | undefined;
      return {
        key: organisation.code,
        title: organisation.name,
        of: ({ key }) => valueOf(values?.[key]),
        opens: false,
        own: false,
      };
    }),
    { key: 'total', title: t('totalColumn'), of: (cell) => valueOf(cell.total), opens: true, own: false },
  ];
}

function useShown() {
  const t = useWords(words);
  return ({ type }: ReportCell, value: CellValue): string => {
    if (value === null) return '—';
    if (type === 'yesNo' && typeof value === 'number') return t('unitsYes', { count: value });
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (type === 'rate' && typeof value === 'number') return formatShare(value);
    return String(value);
  };
}

interface ReportSheetProps {
  readonly report: Report;
  /** How a typed cell is typed; without it the sheet is only read. */
  readonly field?: (cell: ReportCell) => ReactNode;
}

/** 《部署与启用月报表》 as it lies on paper: on the screen, in print and, by the same columns, in the workbook. */
export function ReportSheet({ report, field }: ReportSheetProps) {
  const t = useWords(words);
  const columns = useColumns(report);
  const { organisation, month, shown, asOf } = report;
  useEffect(() => {
    const { classList } = document.documentElement;
    classList.add('report-landscape');
    return () => classList.remove('report-landscape');
  }, []);
  const signatures = report.groups.find(({ key }) => key === 'signatures');
  return (
    <article className="report-paper">
      <h2>{t('formTitle')}</h2>
      <p className="report-head">
        <span>{t('unit', { name: organisation.name, code: organisation.code })}</span>
        <span>{t('ofMonth', { month: formatMonth(month) })}</span>
        <span>{shown === 0 ? t('live') : t('asOf', { moment: formatMoment(asOf) })}</span>
      </p>
      <div className="report-scroll" tabIndex={0} role="region" aria-label={t('sheetRegion')}>
        <table className="report-sheet">
          <thead>
            <tr>
              <th scope="col">{t('group')}</th>
              <th scope="col">{t('figure')}</th>
              <th scope="col">{t('definition')}</th>
              {columns.map(({ key, title }) => (
                <th scope="col" key={key}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.groups
              .filter(({ key }) => key !== 'signatures')
              .map((group) =>
                group.key === 'text' ? (
                  <TextRows key={group.key} group={group} width={columns.length} field={field} />
                ) : (
                  <FigureRows key={group.key} group={group} columns={columns} field={field} />
                ),
              )}
            <Missing report={report} width={columns.length + 3} />
          </tbody>
        </table>
      </div>
      <p className="report-signatures">
        {signatures?.cells.map((cell) => (
          <Signature key={cell.key} cell={cell} field={field} />
        ))}
        <span>{t('submittedOn', { day: shown === 0 ? '' : formatDay(asOf) })}</span>
        <span>{t('seal')}</span>
      </p>
    </article>
  );
}

function FigureRows({
  group,
  columns,
  field,
}: {
  readonly group: ReportGroup;
  readonly columns: readonly Column[];
  readonly field: ReportSheetProps['field'];
}) {
  const t = useWords(words);
  const language = useLanguage();
  const shown = useShown();
  return group.cells.map((cell, index) => (
    <tr key={cell.key}>
      {index === 0 && (
        <th scope="rowgroup" className="report-group" rowSpan={group.cells.length}>
          {inLanguage(group.label, language)}
        </th>
      )}
      <th scope="row" className="report-figure">
        {inLanguage(cell.label, language)}
      </th>
      <td className="report-definition">
        {cell.definition
          ? inLanguage(cell.definition, language)
          : t(cell.kind === 'typed' ? 'typedByHand' : 'fromRegister')}
      </td>
      {columns.map((column) => (
        <td key={column.key} className="report-value">
          {field && column.own && cell.kind === 'typed' ? (
            field(cell)
          ) : column.opens && cell.hasRecords ? (
            <Figure cell={cell} count={column.of(cell)} />
          ) : (
            shown(cell, column.of(cell))
          )}
        </td>
      ))}
    </tr>
  ));
}

/** A figure of the register opens the list it counts. */
function Figure({ cell, count }: { readonly cell: ReportCell; readonly count: CellValue }) {
  const t = useWords(words);
  const language = useLanguage();
  const [, change] = useUrlSearch<'cell' | 'cursor' | 'passed'>();
  const label = inLanguage(cell.label, language);
  return (
    <Button
      type="link"
      size="small"
      aria-label={t('records', { label, count: count === null ? 0 : String(count) })}
      onClick={() => change({ cell: cell.key, ...toFirstPage })}
    >
      {count === null ? '—' : String(count)}
    </Button>
  );
}

function TextRows({
  group,
  width,
  field,
}: {
  readonly group: ReportGroup;
  readonly width: number;
  readonly field: ReportSheetProps['field'];
}) {
  const language = useLanguage();
  return group.cells.map((cell) => (
    <tr key={cell.key}>
      <th scope="row" colSpan={2} className="report-group">
        {inLanguage(cell.label, language)}
      </th>
      <td colSpan={width + 1} className="report-text">
        {field ? field(cell) : String(valueOf(cell.own) ?? '')}
      </td>
    </tr>
  ));
}

function Missing({ report, width }: { readonly report: Report; readonly width: number }) {
  const t = useWords(words);
  if (report.missing.length === 0) return null;
  return (
    <tr>
      <td colSpan={width}>
        <strong>{t(report.shown === 0 ? 'absent' : 'absentFrozen', { count: report.missing.length })}</strong>
        {report.missing.map(({ organisation }) => organisation.name).join('、')}
      </td>
    </tr>
  );
}

function Signature({ cell, field }: { readonly cell: ReportCell; readonly field: ReportSheetProps['field'] }) {
  const language = useLanguage();
  return (
    <span>
      {`${inLanguage(cell.label, language)}：`}
      {field ? field(cell) : <span className="name">{String(valueOf(cell.own) ?? '')}</span>}
    </span>
  );
}

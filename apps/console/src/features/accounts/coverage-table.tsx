import { useWords } from '@shidang/web-kit';
import { Checkbox, Table, type TableProps } from 'antd';
import { words as consoleWords } from '../../app/words';
import { StateTag, type Role } from './account-state';
import type { Coverage } from './coverage';
import { tickKey, tickOf, toggled, type Ticks } from './ticks';
import { issueWords } from './words';

interface CoverageTableProps {
  readonly title: string;
  readonly rows: readonly Coverage[];
  readonly roles: readonly Role[];
  readonly ticks: Ticks;
  readonly onTick: (ticks: Ticks) => void;
  readonly loading?: boolean;
  readonly empty?: string;
}

/** Organisations × roles: what there is, and a box for what shall be. */
export function CoverageTable({ title, rows, roles, ticks, onTick, loading, empty }: CoverageTableProps) {
  const t = useWords(issueWords);
  const c = useWords(consoleWords);
  const columns: TableProps<Coverage>['columns'] = [
    {
      title: t('organisation'),
      key: 'organisation',
      render: (_, { organisation, organisationName }) => (
        <>
          {organisationName} <span className="accounts-aside">{organisation}</span>
        </>
      ),
    },
    { title: t('tier'), key: 'tier', width: 90, render: (_, { tier }) => c(`tier_${tier}`) },
    ...roles.map((role) => ({
      key: role,
      title: <RoleHead role={role} rows={rows} ticks={ticks} onTick={onTick} />,
      render: (_: unknown, row: Coverage) => <RoleCell role={role} row={row} ticks={ticks} onTick={onTick} />,
    })),
  ];
  return (
    <Table
      size="small"
      rowKey="organisation"
      columns={columns}
      dataSource={[...rows]}
      pagination={false}
      loading={loading}
      title={() => <h2 className="accounts-caption">{title}</h2>}
      locale={{ emptyText: empty }}
    />
  );
}

interface RoleHeadProps {
  readonly role: Role;
  readonly rows: readonly Coverage[];
  readonly ticks: Ticks;
  readonly onTick: (ticks: Ticks) => void;
}

/** Ticks the column, those with an account too: the preview says who is skipped. */
function RoleHead({ role, rows, ticks, onTick }: RoleHeadProps) {
  const t = useWords(issueWords);
  const c = useWords(consoleWords);
  const name = c(`role_${role}`);
  if (rows.length < 2) return name;
  const cells = rows.filter(({ roles }) => roles.some((each) => each.role === role)).map((row) => tickOf(row, role));
  const ticked = cells.filter((cell) => ticks.has(tickKey(cell))).length;
  return (
    <Checkbox
      checked={ticked > 0 && ticked === cells.length}
      indeterminate={ticked > 0 && ticked < cells.length}
      onChange={({ target }) => onTick(toggled(ticks, cells, target.checked))}
    >
      {t('selectAll', { role: name })}
    </Checkbox>
  );
}

interface RoleCellProps {
  readonly role: Role;
  readonly row: Coverage;
  readonly ticks: Ticks;
  readonly onTick: (ticks: Ticks) => void;
}

function RoleCell({ role, row, ticks, onTick }: RoleCellProps) {
  const t = useWords(issueWords);
  const c = useWords(consoleWords);
  const cell = row.roles.find((each) => each.role === role);
  if (!cell) return null;
  const tick = tickOf(row, role);
  const { state, accounts } = cell;
  return (
    <span className="accounts-cell">
      <Checkbox
        checked={ticks.has(tickKey(tick))}
        onChange={({ target }) => onTick(toggled(ticks, [tick], target.checked))}
        aria-label={t('cell', { organisation: row.organisationName, role: c(`role_${role}`) })}
      />
      <StateTag state={state} />
      {accounts > 1 && <span>{t('several', { count: accounts })}</span>}
    </span>
  );
}

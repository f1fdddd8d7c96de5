import type { Caller } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import {
  labelAccounts,
  ListViewers,
  listViewers,
  recordsRefusals,
  unmaskValue,
  ViewerPage,
  type AccountLabel,
  type ViewerItem,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';

interface ViewRow {
  id: string;
  account_id: string;
  role: string;
  fields: string[] | null;
  reason: string | null;
  at: Date;
}

const mostCounted = 10_000;

@Controller()
export class ListViewersHandler {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
    private readonly vault: Vault,
  ) {}

  /** Teachers see who looked at their sensitive values, and why; read from the audit, which nobody can change. */
  @Handles(listViewers)
  async list(query: ListViewers, caller: Caller): Promise<ViewerPage> {
    const owner = { list: listViewers.name, accountId: caller.accountId };
    const before = openCursor<string>(this.vault, query.cursor, owner);
    const limit = query.limit ?? 20;
    const { rows, n } = await this.work.read(caller, async (_, sql) => {
      const known = await sql(`select id from teacher where id = $1`, [query.teacherId], 'viewers-teacher');
      if (known.length === 0) throw recordsRefusals.teacherNotFound({});
      const params = [`teacher:${query.teacherId}`, unmaskValue.name];
      const where = `object = $1 and what = $2 and result = 'done'`;
      const found = await sql<ViewRow>(
        `select id, account_id, role, fields, reason, at from audit_event where ${where} and ($3::uuid is null or id < $3) order by id desc limit $4`,
        [...params, before ?? null, limit + 1],
        'viewers',
      );
      const [counted] = await sql<{ n: number }>(
        `select count(*)::int as n from (select 1 from audit_event where ${where} limit ${mostCounted + 1}) counted`,
        params,
        'viewers-count',
      );
      return { rows: found, n: counted?.n ?? 0 };
    });
    const page = rows.slice(0, limit);
    const labels = await this.labelsOf(page);
    const last = page.at(-1);
    return {
      items: page.map((row) => ({
        accountId: row.account_id,
        role: row.role,
        name: labels.get(row.account_id)?.name,
        organisationName: labels.get(row.account_id)?.organisationName,
        ...lookOf(row),
        at: row.at.toISOString(),
      })),
      page: {
        next: rows.length > limit && last ? sealCursor(this.vault, last.id, owner) : undefined,
        total: Math.min(n, mostCounted),
        totalIsExact: n <= mostCounted,
      },
    };
  }

  private async labelsOf(rows: readonly ViewRow[]): Promise<Map<string, AccountLabel>> {
    const accountIds = [...new Set(rows.map((row) => row.account_id))];
    if (accountIds.length === 0) return new Map();
    const { labels } = await this.bus
      .ask(labelAccounts, { accountIds })
      .catch(() => ({ labels: [] as AccountLabel[] }));
    return new Map(labels.map((label) => [label.accountId, label]));
  }
}

/** What was looked at, and why; the reason on record begins with the indicator. */
function lookOf({ fields, reason }: ViewRow): Pick<ViewerItem, 'section' | 'indicator' | 'reason'> {
  const [section, indicator] = fields?.[0]?.split('.') ?? [];
  const said = reason ?? '';
  return { section, indicator, reason: said.startsWith(`${indicator}：`) ? said.slice(indicator!.length + 1) : said };
}

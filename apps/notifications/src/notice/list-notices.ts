import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import { listNotices, ListNotices, NoticePage, type NoticeKind, type NoticeView } from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { noticeWords, ownWords } from './notice-words';

interface NoticeRow {
  id: string;
  kind: NoticeKind;
  count: number;
  organisation: string;
  case_id: string | null;
  teacher_id: string | null;
  report_id: string | null;
  urging_id: string | null;
  month: string | null;
  at: string | Date;
  place: string;
  read: boolean;
}

/** Where a page ends: the moment in microseconds as text, and the id. */
type Place = readonly [at: string, id: string];

@Controller()
export class ListNoticesHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Notices belong to the account, whichever of its posts it acts in. */
  @Handles(listNotices)
  list(query: ListNotices, caller: Caller): Promise<NoticePage> {
    const owner = { list: listNotices.name, accountId: caller.accountId };
    const after = openCursor<Place>(this.vault, query.cursor, owner);
    const limit = query.limit ?? 20;
    const unread = query.unread === 'true' ? 'read_at is null' : 'true';
    return this.work.read(caller, async (_, sql) => {
      const [counted] = await sql<{ total: number; unread: number }>(
        `select count(*) filter (where ${unread})::int as total, count(*) filter (where read_at is null)::int as unread from notice`,
      );
      const rows = await sql<NoticeRow>(
        `select id, kind, count, organisation, case_id, teacher_id, report_id, urging_id, month, at, at::text as place, read_at is not null as read
         from notice where ${unread} and ($1::timestamptz is null or (at, id) < ($1::timestamptz, $2::uuid))
         order by at desc, id desc limit $3`,
        [after?.[0] ?? null, after?.[1] ?? null, limit + 1],
      );
      const items = rows.slice(0, limit);
      const last = items.at(-1);
      const next = last && rows.length > limit ? sealCursor(this.vault, [last.place, last.id], owner) : undefined;
      return {
        items: items.map((row) => viewOf(row, caller)),
        page: { next, total: counted?.total ?? 0, totalIsExact: true },
        unreadCount: counted?.unread ?? 0,
      };
    });
  }
}

const viewOf = (row: NoticeRow, { teacherId }: Caller): NoticeView => ({
  id: row.id,
  kind: row.kind,
  words: (row.teacher_id === teacherId && ownWords[row.kind]) || noticeWords[row.kind](row.count, row.month ?? ''),
  count: row.count,
  organisation: row.organisation,
  caseId: row.case_id ?? undefined,
  teacherId: row.teacher_id ?? undefined,
  reportId: row.report_id ?? undefined,
  urgingId: row.urging_id ?? undefined,
  month: row.month ?? undefined,
  read: row.read,
  at: new Date(row.at).toISOString(),
});

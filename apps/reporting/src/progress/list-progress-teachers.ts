import { codeOfPath, rangeOf, type Caller } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import {
  labelTeachers,
  listProgressTeachers,
  progressStatuses,
  type ListProgressTeachers,
  type ProgressStatus,
  type ProgressTeacher,
  type ProgressTeacherPage,
} from '@shidang/contracts';
import { openCursor, sealCursor, Vault, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { organisationOf } from '../organisation/measured-organisation';
import { isoOf, type Moment } from '../moment';
import { turnOf } from '../teacher/progress-status';

const mostCounted = 10_000;

interface Row {
  teacher_id: string;
  org_path: string;
  category: string;
  status: ProgressStatus;
  moved_at: Moment;
  school_name: string | null;
}

/** Where the next page begins. */
type Place = [orgPath: string, status: string, teacherId: string];

const where = `org_path >= $1 and org_path < $2 and status = any($3) and moved_at <= $4`;

/** By place, so that a page is a range of the index. */
export const teachersQuery = `select s.*, o.name as school_name from (
         select teacher_id, org_path, category, status, moved_at from teacher_state
         where ${where} and (org_path, status, teacher_id) > ($5, $6, $7::uuid)
         order by org_path, status, teacher_id limit $8) s
       left join organisation o on o.org_path = s.org_path order by s.org_path, s.status, s.teacher_id`;

const statusesAsked = (query: ListProgressTeachers): ProgressStatus[] =>
  progressStatuses.filter(
    (status) => (!query.status || status === query.status) && (!query.turn || turnOf[status] === query.turn),
  );

const idleSince = (days: number | undefined): Date => new Date(Date.now() - (days ?? 0) * 86_400_000);

@Controller()
export class ListProgressTeachersHandler {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly bus: BusClient,
  ) {}

  @Handles(listProgressTeachers)
  async list(query: ListProgressTeachers, caller: Caller): Promise<ProgressTeacherPage> {
    const page = await this.page(query, caller);
    const names = await this.namesOf(page.items.map(({ teacherId }) => teacherId));
    return {
      ...page,
      items: page.items.map((item): ProgressTeacher => ({ ...item, name: names.get(item.teacherId) })),
    };
  }

  /** Without records a list without names is better than none. */
  private async namesOf(teacherIds: string[]): Promise<Map<string, string>> {
    if (teacherIds.length === 0) return new Map();
    const { labels } = await this.bus.request(labelTeachers, { teacherIds }).catch(() => ({ labels: [] }));
    return new Map(labels.map(({ teacherId, name }) => [teacherId, name]));
  }

  private page(query: ListProgressTeachers, caller: Caller): Promise<ProgressTeacherPage> {
    const owner = { list: listProgressTeachers.name, accountId: caller.accountId };
    const after = openCursor<Place>(this.vault, query.cursor, owner) ?? [
      '',
      '',
      '00000000-0000-0000-0000-000000000000',
    ];
    const limit = query.limit ?? 20;
    return this.work.read(caller, async (_, sql) => {
      const { low, high } = rangeOf((await organisationOf(sql, query.code)).org_path);
      const filter = [low, high, statusesAsked(query), idleSince(query.idleDays)];
      const rows = await sql<Row>(teachersQuery, [...filter, ...after, limit + 1], 'progress-teachers');
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const place: Place | undefined = last && [last.org_path, last.status, last.teacher_id];
      return {
        items: page.map((row) => ({
          teacherId: row.teacher_id,
          schoolCode: codeOfPath(row.org_path),
          schoolName: row.school_name ?? codeOfPath(row.org_path),
          category: row.category,
          status: row.status,
          turn: turnOf[row.status],
          movedAt: isoOf(row.moved_at),
        })),
        page: {
          next: rows.length > limit && place ? sealCursor(this.vault, place, owner) : undefined,
          ...(await total(sql, filter)),
        },
      };
    });
  }
}

async function total(sql: Sql, filter: readonly unknown[]): Promise<{ total: number; totalIsExact: boolean }> {
  const [counted] = await sql<{ n: number }>(
    `select count(*)::int as n from (select 1 from teacher_state where ${where} limit ${mostCounted + 1}) s`,
    filter,
    'progress-teachers-total',
  );
  const n = counted?.n ?? 0;
  return { total: Math.min(n, mostCounted), totalIsExact: n <= mostCounted };
}

import type { Caller } from '@shidang/access';
import { BusClient, Handles } from '@shidang/bus';
import { Nothing, NoticeRef, notificationsRefusals, NoticesRead, readAllNotices, readNotice } from '@shidang/contracts';
import { audited, Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';

@Controller()
export class ReadNoticesHandler {
  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
  ) {}

  @Handles(readNotice)
  async read(command: NoticeRef, caller: Caller): Promise<NoticesRead> {
    const read = await this.work.as(caller, async (em, sql) => {
      const found = await sql(`select 1 from notice where id = $1 for update`, [command.noticeId]);
      if (found.length === 0) throw notificationsRefusals.noticeNotFound({});
      audited(em, { object: `notice:${command.noticeId}` });
      return mark(sql, 'and id = $1', [command.noticeId]);
    });
    this.bus.hint('account', caller.accountId);
    return read;
  }

  @Handles(readAllNotices)
  async readAll(_: Nothing, caller: Caller): Promise<NoticesRead> {
    const read = await this.work.as(caller, (_em, sql) => mark(sql, '', []));
    this.bus.hint('account', caller.accountId);
    return read;
  }
}

async function mark(sql: Sql, which: string, params: readonly string[]): Promise<NoticesRead> {
  const marked = await sql(`update notice set read_at = now() where read_at is null ${which} returning id`, params);
  const [left] = await sql<{ n: number }>(`select count(*)::int as n from notice where read_at is null`);
  return { marked: marked.length, unreadCount: left?.n ?? 0 };
}

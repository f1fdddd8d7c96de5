import type { Caller } from '@shidang/access';
import { Handles } from '@shidang/bus';
import {
  notificationsRefusals,
  readUrging,
  type Turn,
  type UrgingPlace,
  type UrgingRef,
  type UrgingReply,
  type UrgingView,
} from '@shidang/contracts';
import { Work, type Sql } from '@shidang/persistence';
import { Controller } from '@nestjs/common';
import { Clock } from './clock';
import { letterOf } from './urging-letter';
import { iso, organisationAt, summaryOf, urgingOf } from './urging-rows';

/** The view names so many places; letter and sums are of all. */
const mostShown = 200;

@Controller()
export class ReadUrgingHandler {
  constructor(
    private readonly work: Work,
    private readonly clock: Clock,
  ) {}

  @Handles(readUrging)
  read({ urgingId }: UrgingRef, caller: Caller): Promise<UrgingView> {
    return this.work.read(caller, (_, sql) => viewOf(sql, caller, urgingId, this.clock.now()));
  }
}

/** As the caller may see it: as its sender, as somebody above the sender, or as one it is addressed to. */
export async function viewOf(sql: Sql, caller: Caller, urgingId: string, now: Date): Promise<UrgingView> {
  const row = await urgingOf(sql, caller, urgingId);
  if (!row || (!row.is_sender && !row.mine_delivered)) throw notificationsRefusals.urgingNotFound({});
  const places = await placesOf(sql, urgingId);
  const first = row.is_sender
    ? places.filter(({ organisation }) => organisation.code === places[0]?.organisation.code)
    : places;
  const letter = letterOf({
    sender: row.sender_name,
    places: first.map(({ organisation, turn, n }) => ({ name: organisation.name, turn, n })),
    words: row.words,
    dueOn: row.due_on,
    replyRequired: row.reply_required,
    toTeacher: row.mine_teacher !== null,
  });
  return {
    ...summaryOf(row, now),
    letter,
    places: places.slice(0, mostShown),
    placeCount: places.length,
    replies: await repliesOf(sql, urgingId),
  };
}

async function placesOf(sql: Sql, urgingId: string): Promise<UrgingPlace[]> {
  const rows = await sql<{ name: string; org_path: string; turn: Turn; n: number; left: number }>(
    `select name, org_path, turn, n, "left" from urging_place where urging_id = $1 order by "left" desc, n desc, org_path, turn`,
    [urgingId],
    'urging-places',
  );
  return rows.map(({ name, org_path, turn, n, left }) => ({
    organisation: organisationAt(org_path, name),
    turn,
    n,
    left,
  }));
}

async function repliesOf(sql: Sql, urgingId: string): Promise<UrgingReply[]> {
  const rows = await sql<{ id: string; role: string; org_path: string; name: string; words: string; at: string }>(
    `select id, role, org_path, name, words, at from urging_reply where urging_id = $1 order by at desc, id desc limit 200`,
    [urgingId],
    'urging-replies',
  );
  return rows.map(({ id, role, org_path, name, words, at }) => ({
    id,
    organisation: organisationAt(org_path, name),
    role,
    words,
    at: iso(at)!,
  }));
}

import { codeOfPath, contains, parentPath } from '@shidang/access';
import { BusClient, faultWords } from '@shidang/bus';
import { measureBacklog } from '@shidang/contracts';
import { newId, Work, type Sql } from '@shidang/persistence';
import { Injectable, Logger } from '@nestjs/common';
import { tellUrged } from './tell-urged';

interface Climbing {
  id: string;
  org_path: string;
  sender_code: string;
  sender_account: string;
  sender_post: string;
}

interface Silent {
  org_path: string;
  of_teacher: boolean;
}

/** A 督办单 nobody answers reaches the tier above the silent ones, below the sender; the sender is told in any case. */
@Injectable()
export class ClimbUrgings {
  private readonly log = new Logger('ClimbUrgings');

  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
  ) {}

  /** How many climbed. */
  async run(now: Date): Promise<number> {
    const due = await this.work.lookBeyond<Climbing>('jobs', {
      name: 'urgings-climbing',
      text: `select id, org_path, sender_code, sender_account, sender_post from urging
         where climbs_at <= $1 and climbed_at is null and done_at is null and delivered_at is not null order by climbs_at limit 20`,
      params: [now],
    });
    let climbed = 0;
    for (const urging of due) {
      try {
        await this.climb(urging, now);
        climbed += 1;
      } catch (error) {
        this.log.warn({ notClimbed: urging.id, fault: faultWords(error).words });
      }
    }
    return climbed;
  }

  private async climb(urging: Climbing, now: Date): Promise<void> {
    const silent = await this.work.beyond('jobs', (_, sql) => silentOf(sql, urging.id));
    const above = [...new Set(silent.flatMap((one) => tierAbove(one, urging.org_path)))];
    const names = await this.namesOf(above);
    await this.work.beyond('jobs', async (_, sql) => {
      const [mine] = await sql(
        `update urging set climbed_at = case when $3 then $2::timestamptz end, climbs_at = case when $3 then climbs_at end
         where id = $1 and climbed_at is null and done_at is null returning id`,
        [urging.id, now, silent.length > 0],
      );
      if (!mine || silent.length === 0) return;
      const added = await addAbove(sql, urging, above, names, now);
      const told = { urgingId: urging.id, organisation: urging.sender_code, at: now };
      await tellUrged(sql, { kind: 'urging-climbed', ...told }, added);
      const sender = { account_id: urging.sender_account, post_id: urging.sender_post };
      await tellUrged(sql, { kind: 'urging-unanswered', ...told }, [sender]);
    });
  }

  /** Climbing with a code instead of a name is better than not climbing while reporting does not answer. */
  private async namesOf(paths: readonly string[]): Promise<Map<string, string>> {
    if (paths.length === 0) return new Map();
    const asked = paths.map((path) => ({ code: codeOfPath(path), turn: 'school' as const, atActors: false }));
    const codes = new Map(asked.map(({ code }) => [code, code]));
    try {
      const { places } = await this.bus.ask(measureBacklog, { places: asked });
      return new Map([...codes, ...places.map(({ code, name }) => [code, name ?? code] as const)]);
    } catch (error) {
      this.log.warn({ climbsWithoutNames: faultWords(error).words });
      return codes;
    }
  }
}

/** One answer speaks for its organisation; a teacher speaks for himself. */
const silentOf = (sql: Sql, urgingId: string): Promise<Silent[]> =>
  sql<Silent & Record<string, unknown>>(
    `select org_path, teacher_id is not null as of_teacher from urging_recipient
     where urging_id = $1 and not climbed and ended_at is null
     group by org_path, teacher_id having count(replied_at) = 0`,
    [urgingId],
    'urging-silent',
  );

/** Above a teacher is his school, above a school or authority the authority right above it, as long as that is below the sender. */
function tierAbove({ org_path, of_teacher }: Silent, senderPath: string): string[] {
  const above = of_teacher ? org_path : parentPath(org_path);
  return above && above !== senderPath && contains(senderPath, above) ? [above] : [];
}

async function addAbove(
  sql: Sql,
  urging: Climbing,
  paths: readonly string[],
  names: ReadonlyMap<string, string>,
  now: Date,
) {
  const posts = await sql<{ account_id: string; post_id: string; role: string; org_path: string }>(
    `select distinct on (account_id) account_id, post_id, role, org_path from post
     where not ended and org_path = any($1) and role in ('informationAdministrator', 'principal') and account_id <> $2
     order by account_id, org_path`,
    [paths, urging.sender_account],
  );
  const rows = posts.map((post) => ({ ...post, id: newId(), name: names.get(codeOfPath(post.org_path)) ?? '' }));
  return sql<{ account_id: string; post_id: string }>(
    `insert into urging_recipient (id, urging_id, account_id, post_id, role, org_path, name, sender_path, climbed, delivered_at)
     select id, $1, account_id, post_id, role, org_path, name, $2, true, $3
     from jsonb_to_recordset($4::jsonb) as row (id uuid, account_id uuid, post_id uuid, role text, org_path text, name text)
     on conflict do nothing returning account_id, post_id`,
    [urging.id, urging.org_path, now, JSON.stringify(rows)],
  );
}

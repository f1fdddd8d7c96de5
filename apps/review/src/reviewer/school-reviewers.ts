import { BusClient } from '@shidang/bus';
import { findPosts, Refusal } from '@shidang/contracts';
import { Work, type Sql } from '@shidang/persistence';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** A consumed fact has 30 s; identity restarting takes a few. */
const patience = 20_000;
const pause = 200;

/** Whether somebody at a school could review what these persons filled in. See ADR 0030. */
@Injectable()
export class SchoolReviewers implements OnModuleDestroy {
  private leaving = false;

  constructor(
    private readonly work: Work,
    private readonly bus: BusClient,
  ) {}

  onModuleDestroy(): void {
    this.leaving = true;
  }

  /**
   * A principal's post counts from the moment it is granted: waiting with the activation must not route around the
   * school. Identity has the last word before a step is skipped, because its posts may be on their way to us.
   */
  async mayReview(schoolPath: string, excluded: readonly string[]): Promise<boolean> {
    const known = await this.work.beyond('replicate', (_, sql) => principalBesides(sql, schoolPath, excluded));
    if (known) return true;
    const { posts } = await this.askIdentity(schoolPath);
    return posts.some((post) => !post.personId || !excluded.includes(post.personId));
  }

  /** Throws an error, not a refusal: the message is to come again while identity is away. */
  private async askIdentity(orgPath: string) {
    const end = Date.now() + patience;
    for (;;) {
      try {
        return await this.bus.ask(findPosts, { orgPath, roles: ['principal'] });
      } catch (error) {
        if (this.leaving || Date.now() > end) {
          const why = error instanceof Refusal ? error.body.code : String(error);
          throw new Error(`who reviews at ${orgPath} is not known: ${why}`, { cause: error });
        }
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** A principal of the school, activated or not, who is none of these persons. Reads what `keep-posts` replicated. */
export async function principalBesides(sql: Sql, schoolPath: string, excluded: readonly string[]): Promise<boolean> {
  const rows = await sql(
    `select 1 from principal_post p left join account_person a on a.account_id = p.account_id
     where p.org_path = $1 and not p.ended
       and (coalesce(p.person_id, a.person_id) is null or coalesce(p.person_id, a.person_id) <> all ($2::uuid[])) limit 1`,
    [schoolPath, excluded],
  );
  return rows.length > 0;
}

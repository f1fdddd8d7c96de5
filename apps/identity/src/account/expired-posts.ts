import { faultWords } from '@shidang/bus';
import { postEnded } from '@shidang/contracts';
import type { Role } from '@shidang/access';
import { tell, Work, writeAudit } from '@shidang/persistence';
import { Injectable, Logger } from '@nestjs/common';
import { IdentityConfig } from '../identity.config';

interface Expired {
  id: string;
  account_id: string;
  role: Role;
  org_path: string;
  org_code: string;
  version: number;
}

/**
 * A post that ran out is refused from that moment on by every look-up; here it is written down and told, so that others
 * who keep posts learn it too.
 */
@Injectable()
export class ExpiredPosts {
  private readonly log = new Logger('ExpiredPosts');
  private stopped = false;
  private wake?: () => void;

  constructor(
    private readonly work: Work,
    private readonly config: IdentityConfig,
  ) {}

  /** Looks until stopped; returns the stop. */
  start(): () => Promise<void> {
    const running = this.loop();
    return async () => {
      this.stopped = true;
      this.wake?.();
      await running;
    };
  }

  /** How many were ended. */
  end(): Promise<number> {
    return this.work.beyond('jobs', async (em, sql) => {
      const ended = await sql<Expired>(
        `update post set ended_at = expires_at, version = version + 1
         where id in (select id from post where ended_at is null and expires_at <= now() order by id limit 500 for update skip locked)
         returning id, account_id, role, org_path, org_code, version`,
      );
      for (const { id, account_id, role, org_path, org_code, version } of ended) {
        await tell(
          em,
          postEnded,
          { orgPath: org_path, postId: id, accountId: account_id, role, orgCode: org_code, version },
          id,
        );
        await writeAudit(sql, { what: 'post expired', result: 'done', object: `post:${id}`, orgPath: org_path });
      }
      return ended.length;
    });
  }

  private async loop(): Promise<void> {
    while (!this.stopped) {
      try {
        await this.end();
      } catch (error) {
        this.log.warn({ looking: faultWords(error).words });
      }
      if (!this.stopped) await this.rest();
    }
  }

  private rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.config.POST_LOOK_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

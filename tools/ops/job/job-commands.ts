import type { ServiceName } from '@shidang/contracts';
import { asAdmin } from '@shidang/dev';
import { databaseOf } from '../backup/counted-rows';
import { adminUrlOf, type Command } from '../command';

interface Job {
  readonly service: ServiceName;
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly org_path: string;
  readonly created_at: Date;
}

/** Long work that is under way or stands; what is over is not listed. */
const queries: Readonly<Partial<Record<ServiceName, string>>> = {
  records: `select id, 'import' as kind, state, org_path, created_at from import
            where state in ('uploading', 'uploaded', 'checking', 'committing', 'failed') order by created_at`,
  review: `select id, 'batch' as kind, state, org_path, created_at from review_batch
           where state in ('holding', 'held', 'releasing', 'stopped') order by created_at`,
};

const list: Command = {
  usage: 'job list   imports and batches that are under way or stand',
  async run(asked) {
    const jobs: Job[] = [];
    for (const [service, query] of Object.entries(queries) as [ServiceName, string][]) {
      const { rows } = await asAdmin(databaseOf(adminUrlOf(asked), service), (client) =>
        client.query<Omit<Job, 'service'>>(query),
      );
      jobs.push(...rows.map((row) => ({ ...row, service })));
    }
    const words = jobs.map(
      ({ id, service, kind, state, org_path, created_at }) =>
        `${id}  ${service}  ${kind}  ${state}  ${org_path}  ${created_at.toISOString()}`,
    );
    return { code: 0, words: words.length > 0 ? words : ['no job is under way'], facts: jobs };
  },
};

export const jobCommands = { 'job list': list } satisfies Record<string, Command>;

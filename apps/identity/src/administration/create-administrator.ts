import { rootPath } from '@shidang/access';
import type { ActivationSlip } from '@shidang/contracts';
import { audited, Work, type Sql, type SqlEntityManager } from '@shidang/persistence';
import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { parseArgs } from 'node:util';
import { Account } from '../account/account.entity';
import { Issuing } from '../account/issuing';
import { freeLoginNames } from '../account/login-name';
import { recordChange, tellFounded } from '../organisation/organisation-change';
import { Organisation } from '../organisation/organisation.entity';

const usage = `usage: admin create [--organisation 名称] [--another] [--json]
  Makes the central organisation and its first system administrator, and prints a single-use activation code.
  An administrator nobody has activated yet gets a new code; with --another a further one is made.`;

/** The one account that nobody above could issue. */
@Injectable()
export class FirstAdministrator {
  constructor(
    private readonly work: Work,
    private readonly issuing: Issuing,
  ) {}

  create(wish: { organisation: string; another: boolean }): Promise<ActivationSlip | undefined> {
    return this.work.beyondRecorded('setup', async (em, sql) => {
      const centre = await this.centre(em, sql, wish.organisation);
      const waiting = await this.waiting(em, sql);
      if (waiting && !wish.another) {
        const { code, entity } = await this.issuing.reissue(em, sql, waiting);
        return this.issuing.slip(waiting, 'systemAdministrator', centre, code, entity);
      }
      const [inUse] = await sql(
        `select 1 from post where org_path = $1 and role = 'systemAdministrator' and ended_at is null`,
        [rootPath],
      );
      if (inUse && !wish.another) return undefined;
      const names = await freeLoginNames(sql, 'systemAdministrator', [centre]);
      const order = {
        organisation: centre,
        role: 'systemAdministrator' as const,
        loginName: names.get(centre.code) ?? '',
      };
      const [issued] = await this.issuing.issue(em, [order]);
      audited(em, { object: `account:${issued!.account.id}`, orgPath: rootPath });
      return issued!.slip;
    });
  }

  private async centre(em: SqlEntityManager, sql: Sql, name: string): Promise<Organisation> {
    const there = await em.findOne(Organisation, { orgPath: rootPath });
    if (there) return there;
    const centre = Organisation.centre(name);
    await em.persist(centre).flush();
    await recordChange(sql, centre, { what: 'founded' });
    await tellFounded(em, centre);
    return centre;
  }

  private async waiting(em: SqlEntityManager, sql: Sql): Promise<Account | null> {
    const [row] = await sql<{ id: string }>(
      `select a.id from account a join post p on p.account_id = a.id
       where p.org_path = $1 and p.role = 'systemAdministrator' and p.ended_at is null and a.status = 'issued'
       order by a.created_at limit 1`,
      [rootPath],
    );
    return row ? em.findOne(Account, { id: row.id }) : null;
  }
}

/** `node main.js admin create`. Exit code 3: there is one already. */
export async function administration(app: INestApplicationContext, args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      organisation: { type: 'string', default: '教育部' },
      another: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if (positionals.join(' ') !== 'create') throw new Error(usage);
  const slip = await app.get(FirstAdministrator, { strict: false }).create(values);
  if (!slip) {
    process.stderr.write(
      '中央系统管理员已存在；如需再建一个，请加 --another\nThere is a central system administrator already; add --another for a further one\n',
    );
    process.exitCode = 3;
    return;
  }
  const words = [
    `登录名 log-in name    ${slip.loginName}`,
    `激活码 activation     ${slip.code}`,
    `有效期至 good until   ${slip.expiresAt}`,
    '用 POST /api/v1/activations 设置密码并填写本人姓名、证件 · set the password there and say who you are',
  ];
  process.stdout.write(values.json ? `${JSON.stringify(slip)}\n` : `${words.join('\n')}\n`);
}

import { inventPeople, Random } from '@shidang/seed';
import type { Attacking } from '../attack';
import { ask, bodyOf, type Answer } from '../door/ask';
import { Asker, json } from '../door/asker';
import { must } from '../door/must';
import { patiently } from '../door/patiently';

export const county = '331102';
const role = 'informationAdministrator';
const firstPassword = 'Qinghe#8264tan';

const again = (send: () => Promise<Answer>): Promise<Answer> => patiently(send, { most: 30 });

/** How it is let in again. */
export type Ended = () => Promise<void>;

/** An information administrator of the county, made by its system administrator, who ends and renews what it may do. */
export class Member {
  private passwords = 0;

  private constructor(
    private readonly url: string,
    private readonly sys: Asker,
    private readonly seed: string,
    private readonly accountId: string,
    readonly asker: Asker,
    private password = firstPassword,
  ) {}

  /** Activated and logged in. */
  static async made({ system, seed }: Attacking, sys: Asker, index: number): Promise<Member> {
    const slip = must(await again(() => sys.ask('POST', '/accounts', { role, organisation: county })), 'issuing');
    const asker = new Asker(system.url, String(slip['loginName']), firstPassword);
    const member = new Member(system.url, sys, `${seed}/revoked/${index}`, String(slip['accountId']), asker);
    await member.activate(String(slip['code']));
    await member.logIn();
    return member;
  }

  async logIn(): Promise<void> {
    this.asker.token = await this.session();
  }

  async disable(): Promise<Ended> {
    await this.managed('PATCH', '', { status: 'disabled', reason: '核对信息' });
    return async () => void (await this.managed('PATCH', '', { status: 'enabled', reason: '核对信息' }));
  }

  async signOut(): Promise<Ended> {
    must(await this.asker.ask('DELETE', '/sessions/current'), 'signing out');
    return () => Promise.resolve();
  }

  async giveSlip(): Promise<Ended> {
    const { code } = await this.managed('POST', '/activation-slips', {});
    return () => this.activate(String(code));
  }

  /** In another session of its own, which goes on. */
  async changePassword(): Promise<Ended> {
    const newPassword = `Ganxi#${++this.passwords}Zhuyuan7`;
    const other = new Asker(this.url, this.asker.loginName, this.password, await this.session());
    const body = { currentPassword: this.password, newPassword };
    must(await again(() => other.ask('PUT', '/me/password', body)), 'changing the password');
    this.password = newPassword;
    return () => Promise.resolve();
  }

  /** Relieved of what it did; the account stays. */
  async endPost(): Promise<Ended> {
    const { posts } = await this.read();
    await this.managed('DELETE', `/posts/${posts[0]!.id}`);
    return async () => void (await this.managed('POST', '/posts', { role, organisation: county }));
  }

  private async read(): Promise<{ posts: { id: string }[]; version: string }> {
    const answer = await this.sys.ask('GET', `/accounts/${this.accountId}`);
    const { posts } = must(answer, 'reading the account') as { posts: { id: string }[] };
    return { posts, version: String(answer.headers['etag']) };
  }

  private async managed(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const { version } = await this.read();
    const match = { 'if-match': version };
    const answer = await again(() => this.sys.ask(method, `/accounts/${this.accountId}${path}`, body, match));
    return must(answer, `${method} account${path}`);
  }

  private async activate(code: string): Promise<void> {
    const [person] = inventPeople(new Random(this.seed), 1, '2026-01-01', '331194');
    const { name, document } = person!;
    const body = { code, password: firstPassword, name, document };
    must(await again(() => ask(this.url, json('POST', '/activations', body))), 'activating');
    this.password = firstPassword;
  }

  private async session(): Promise<string> {
    const { loginName } = this.asker;
    const body = { loginName, password: this.password };
    const answer = await again(() => ask(this.url, json('POST', '/sessions', body)));
    must(answer, 'logging in');
    return String(bodyOf(answer)['token']);
  }
}

import { codeOfPath, tierOfPath, type Caller, type Role } from '@shidang/access';
import {
  listBacklog,
  listNotices,
  measureBacklog,
  postGranted,
  Refusal,
  reportingRefusals,
  type BacklogPlace,
  type NoticePage,
  type Turn,
} from '@shidang/contracts';
import { newId } from '@shidang/persistence';
import { eventually, ServiceSuite } from '@shidang/testing';
import { notificationsService } from '../notifications.service';
import { Clock } from './clock';

export const city = '0.33.3311.';
export const county = '0.33.3311.331102.';

/** Notifications running, with reporting played by a table of what waits where. */
export class UrgingSuite {
  readonly waiting = new Map<string, { turn: Turn; n: number; teacherIds?: string[] }[]>();

  /** What reporting was asked to count over; while `silent` it counts nothing. */
  readonly countedWithin: (string[] | undefined)[] = [];
  silent = false;

  private constructor(readonly suite: ServiceSuite) {}

  static async start(environment: NodeJS.ProcessEnv = {}): Promise<UrgingSuite> {
    const suite = await ServiceSuite.start(notificationsService, { URGING_CHECK_SECONDS: '1', ...environment });
    const urging = new UrgingSuite(suite);
    await suite.answers(listBacklog, ({ organisations, turns }) => {
      const unknown = organisations.some(
        (code) => ![...urging.waiting.keys()].some((path) => codeOfPath(path) === code),
      );
      if (unknown) throw reportingRefusals.organisationNotFound({});
      const places = [...urging.waiting].filter(([path]) => organisations.includes(codeOfPath(path)));
      return {
        asker: { code: '331102', name: '莲都区教育局', tier: 'county' as const },
        places: places.flatMap(([path, all]) =>
          all.filter(({ turn, n }) => n > 0 && turns.includes(turn)).map((one) => placeOf(path, one)),
        ),
      };
    });
    await suite.answers(measureBacklog, ({ places, within }) => {
      if (urging.silent) throw new Error('reporting is down');
      urging.countedWithin.push(within);
      return {
        places: places.map((place) => {
          const [path, all] = [...urging.waiting].find(([each]) => codeOfPath(each) === place.code) ?? ['', []];
          const n = all.find(({ turn }) => turn === place.turn)?.n ?? 0;
          return { ...place, n, name: path ? nameOf(path) : `机构${place.code}` };
        }),
      };
    });
    return urging;
  }

  stop(): Promise<void> {
    return this.suite.stop();
  }

  clockTo(moment: string): void {
    this.suite.running.app.get(Clock).moveTo(moment);
  }

  /** Somebody with a post the service has heard of. */
  async posted(role: Role, orgPath: string, teacherId?: string): Promise<Caller> {
    const [accountId, personId, postId] = [newId(), newId(), newId()];
    const [orgCode, tier] = [codeOfPath(orgPath), tierOfPath(orgPath)];
    const caller: Caller = { accountId, personId, postId, role, tier, orgPath, orgCode, teacherId };
    const granted = { orgPath, postId, accountId, personId, role, tier, orgCode, teacherId, version: 1 };
    await this.suite.tell(postGranted, granted);
    await eventually(
      async () => (await this.suite.rows(`select 1 from post where post_id = $1`, [postId])).length === 1,
      'the post is known',
    );
    return caller;
  }

  notices(by: Caller): Promise<NoticePage> {
    return this.suite.ask(listNotices, {}, by);
  }
}

const nameOf = (path: string): string => `学校${codeOfPath(path)}`;

const placeOf = (orgPath: string, one: { turn: Turn; n: number; teacherIds?: string[] }): BacklogPlace => ({
  organisation: { code: codeOfPath(orgPath), name: nameOf(orgPath), tier: tierOfPath(orgPath) },
  orgPath,
  ...one,
});

/** The code of the refusal; anything else fails the test. */
export async function refusalOf(run: Promise<unknown>): Promise<string> {
  const outcome = await run.then(
    () => 'was not refused',
    (error: unknown) => error,
  );
  if (outcome instanceof Refusal) return outcome.body.code;
  throw outcome instanceof Error ? outcome : new Error(String(outcome));
}

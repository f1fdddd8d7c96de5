import { commonRefusals, type InternalContract, type Lane, type RequestContract } from '@shidang/contracts';
import { Crossing, TurnedAway } from './crossing';

/** Handlers at once in one process (L1). What they share is the pool of database connections. */
export interface IntakeBounds {
  readonly together: number;
  readonly read: number;
  readonly bulk: number;
  readonly waiting: number;
}

type Place = Lane | 'inner';

/** What another service asks stands apart: who waits for it holds a place of his own already, and would wait in a ring. */
const innerAtOnce = 12;
/** Passwords are hashed one after the other; whoever waits for that has not touched the database yet. */
const logInsAtOnce = 8;
const mostLogInsWaiting = 48;

/** Lets handlers begin in the order of their lanes, and drops those nobody waits for any more (L2). */
export class Intake {
  private readonly crossings: ReadonlyMap<Place, Crossing<Place>>;

  constructor(bounds: IntakeBounds) {
    const { together, read, bulk, waiting } = bounds;
    const lanes = { write: together, read, bulk } as Record<Place, number>;
    const shared = new Crossing<Place>({ together, lanes, waiting });
    const apart = (place: Place, most: number, queue: number) =>
      new Crossing<Place>({ together: most, lanes: { [place]: most } as Record<Place, number>, waiting: queue });
    this.crossings = new Map<Place, Crossing<Place>>([
      ['write', shared],
      ['read', shared],
      ['bulk', shared],
      ['inner', apart('inner', innerAtOnce, waiting)],
      ['log-in', apart('log-in', logInsAtOnce, mostLogInsWaiting)],
    ]);
  }

  async handle<T>(
    contract: RequestContract | InternalContract,
    from: string | undefined,
    deadline: number,
    run: () => Promise<T>,
  ): Promise<T> {
    const outer = contract.kind === 'request' && (from === undefined || from === 'gateway');
    const place = outer ? contract.lane : 'inner';
    try {
      return await this.crossings.get(place)!.through(place, '', Math.max(0, deadline - Date.now()), () => {
        if (Date.now() > deadline) throw commonRefusals.expired({});
        return run();
      });
    } catch (error) {
      if (!(error instanceof TurnedAway)) throw error;
      throw error.why === 'late' ? commonRefusals.expired({}) : commonRefusals.busy({});
    }
  }

  /** For the metrics: who waits and who is inside, by place. */
  *now(): Generator<{ lane: string; waiting: number; inside: number }> {
    for (const [lane, crossing] of this.crossings)
      yield { lane, waiting: crossing.waitingIn(lane), inside: crossing.insideOf(lane) };
  }
}

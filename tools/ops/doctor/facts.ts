import type { ServiceName } from '@shidang/contracts';

/** Of one service's database, asked as superuser. */
export interface DatabaseFacts {
  /** Tables whose row-level security is off or not forced. */
  readonly unlocked: readonly string[];
  /** Indexes no query uses, because they are invalid (of a partitioned table: some partition lacks it); by name, what makes them again. */
  readonly unusable: Readonly<Record<string, string>>;
  /** What the app role may that it must not: `superuser`, `bypassrls`, `owner`. */
  readonly appMay: readonly string[];
  readonly pending: readonly string[];
  /** Applied, but unknown to this code: it is older than the database. */
  readonly unknown: readonly string[];
  /** Age of the oldest fact that has not left the outbox. */
  readonly outboxSeconds: number;
  readonly deadLetters: number;
  /** Age of the oldest audit row that waits for its seal. */
  readonly unsealedSeconds: number;
  /** What the last look at its audit chain found wrong. */
  readonly chainFlaw?: string;
  /** Whole months after this one that have a partition, by table. */
  readonly monthsAhead: Readonly<Record<string, number>>;
  /** Rows in the partition for clocks that are wrong, by table. */
  readonly strays: Readonly<Record<string, number>>;
}

export interface PostgresFacts {
  readonly version: number;
  readonly settings: Readonly<Record<string, string>>;
  /** Database minus host, with half the way there taken off. */
  readonly clockMilliseconds: number;
  readonly services: Readonly<Partial<Record<ServiceName, DatabaseFacts>>>;
  /** Segments the archiver could not copy since it last could. */
  readonly archiveFailing: boolean;
}

export interface NatsFacts {
  readonly version: string;
  /** What differs from the contracts. */
  readonly drifts: readonly string[];
}

export interface Listening {
  readonly name: string;
  readonly address: string;
  readonly port: number;
}

/** What doctor judges; a part that could not be asked is a sentence. */
export interface Facts {
  readonly now: Date;
  readonly node: string;
  readonly freeBytes: number;
  /** Undefined: nothing runs here and no servers are given. */
  readonly running: boolean;
  readonly postgres?: PostgresFacts | string;
  readonly nats?: NatsFacts | string;
  /** Those that do not answer `/ready`, with what they say. */
  readonly notReady?: Readonly<Record<string, string>>;
  /** Files and directories with secrets that others may read. */
  readonly openFiles: readonly string[];
  /** Ours that listen elsewhere than on loopback. */
  readonly exposed: readonly Listening[];
  readonly newestBackup?: { readonly label: string; readonly finishedAt: string; readonly missing: number };
}

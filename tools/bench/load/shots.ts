/** One request as it is sent; `{{key}}` becomes a new Idempotency-Key, `{{etag}}` the ETag this target answered last. */
export interface Shot {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Several: one after another, so that a write always changes something. */
  readonly body?: string | readonly string[];
  /** Before anything was answered. */
  readonly etag?: string;
}

/** What one load process does: connections that ask one after another for some seconds. */
export interface Load {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** Before counting begins. */
  readonly warmSeconds: number;
  readonly shots: readonly Shot[];
  /** Each is sent once, however long it takes: what registers somebody cannot do so twice. */
  readonly once?: boolean;
}

export interface Loaded {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly answers: number;
  /** With those before counting began. */
  readonly all: number;
  /** Status → how often, of what was not 2xx. */
  readonly refused: Readonly<Record<string, number>>;
  /** Bytes of the last answer's body. */
  readonly bytes: number;
}

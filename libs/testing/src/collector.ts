import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One span as it was exported. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  /** SPAN_KIND of OTLP: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
  readonly links: readonly string[];
}

interface Attribute {
  key: string;
  value: Record<string, unknown>;
}
interface Sent {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: {
      spans: (Omit<Span, 'attributes' | 'resource' | 'failed' | 'links'> & {
        attributes: Attribute[];
        links?: { traceId: string }[];
        status?: { code?: number };
      })[];
    }[];
  }[];
}

const attributesOf = (all: Attribute[]) =>
  Object.fromEntries(all.map(({ key, value }) => [key, value[Object.keys(value)[0] ?? '']]));

const spansIn = ({ resourceSpans }: Sent): Span[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        traceId: span.traceId,
        spanId: span.spanId,
        parentSpanId: span.parentSpanId ?? '',
        name: span.name,
        kind: span.kind,
        failed: span.status?.code === 2,
        attributes: attributesOf(span.attributes),
        resource: attributesOf(resource.attributes),
        links: (span.links ?? []).map(({ traceId }) => traceId),
      })),
    ),
  );

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

/**
 * An OTLP/HTTP collector that keeps what it is sent. `GET /traces/<id>` answers its spans, `GET /linked/<id>` the traces that are linked to it and `GET /words` every text that was exported: for
 * specs in another process than the one that holds it.
 */
export class Collector {
  private readonly kept = new Map<string, Span[]>();
  private readonly words = new Set<string>();
  private held?: Promise<void>;
  private go: () => void = () => undefined;
  /** Spans that were sent here. */
  received = 0;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Collector> {
    const server = createServer();
    await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
    const collector = new Collector(server);
    server.on('request', (request: IncomingMessage, response) => {
      void collector.answer(request).then((answer) => response.end(JSON.stringify(answer)));
    });
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get traces(): ReadonlyMap<string, readonly Span[]> {
    return this.kept;
  }

  /** From here on nobody gets an answer, until `release`. */
  hold(): void {
    this.held = new Promise((settle) => (this.go = settle));
  }

  release(): void {
    this.go();
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage): Promise<unknown> {
    if (request.method === 'GET') {
      const [, what, id] = /^\/(traces|linked)\/(\w+)$/.exec(request.url ?? '') ?? [];
      if (what === 'linked')
        return [...this.kept.values()].filter((spans) => spans.some(({ links }) => links.includes(id!)));
      return id ? (this.kept.get(id) ?? []) : [...this.words];
    }
    const spans = spansIn(JSON.parse(await textOf(request)) as Sent);
    this.received += spans.length;
    for (const span of spans) {
      this.kept.set(span.traceId, [...(this.kept.get(span.traceId) ?? []), span]);
      for (const word of [span.name, ...Object.values(span.attributes)]) this.words.add(String(word));
    }
    await this.held;
    return {};
  }
}

import { hostname } from 'node:os';
import { linkedOr } from './sampler';
import { recordWith } from './traced';
import { version } from './version';

export interface Tracing {
  readonly service: string;
  /** Of an OTLP/HTTP collector, without `/v1/traces`; none: nothing is recorded. */
  readonly endpoint?: string;
  /** Share of traces that begin here and are recorded, 0 to 1. */
  readonly ratio: number;
  /** The door: a stranger may keep himself out of the records, he cannot get himself in. */
  readonly outermost?: boolean;
}

/** Waiting to be sent; what does not fit is dropped: a collector that is away costs traces and nothing else. */
const mostWaiting = 4_096;
const perMessage = 512;
const everyMilliseconds = 2_000;
const sendMilliseconds = 5_000;
const goodbyeMilliseconds = 2_000;
const mostCharacters = 2_000;

const nothing = () => Promise.resolve();

/**
 * From here on what this process does is recorded and sent in the background. Returns its end, which sends what is left.
 * The SDK is loaded only where a collector is named.
 */
export async function startTracing({ service, endpoint, ratio, outermost }: Tracing): Promise<() => Promise<void>> {
  if (!endpoint) return nothing;
  const { AlwaysOnSampler, BasicTracerProvider, BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler } =
    await import('@opentelemetry/sdk-trace-base');
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const { resourceFromAttributes } = await import('@opentelemetry/resources');
  const always = new AlwaysOnSampler();
  const some = new TraceIdRatioBasedSampler(ratio);
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: sendMilliseconds,
  });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.namespace': 'shidang',
      'service.name': service,
      'service.version': version(),
      'service.instance.id': `${hostname()}-${process.pid}`,
    }),
    sampler: new ParentBasedSampler({
      root: linkedOr(always, some),
      remoteParentSampled: outermost ? some : always,
    }),
    spanLimits: { attributeValueLengthLimit: mostCharacters },
    spanProcessors: [
      new BatchSpanProcessor(exporter, {
        maxQueueSize: mostWaiting,
        maxExportBatchSize: perMessage,
        scheduledDelayMillis: everyMilliseconds,
        exportTimeoutMillis: sendMilliseconds,
      }),
    ],
  });
  recordWith(provider.getTracer('shidang'));
  return async () => {
    recordWith(undefined);
    // a collector that does not answer must not hold up the end of a replica
    const late = new Promise<void>((settle) => void setTimeout(settle, goodbyeMilliseconds).unref());
    await Promise.race([provider.shutdown().catch(() => undefined), late]);
  };
}

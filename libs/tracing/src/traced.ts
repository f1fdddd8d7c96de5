import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { placeIn, traceparentOf } from './traceparent';

/** The tracer of this process; none: nothing is recorded, and nothing is spent on it. */
let tracer: Tracer | undefined;
export const recordWith = (given: Tracer | undefined): void => void (tracer = given);

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  inner: SpanKind.INTERNAL,
} as const;

/** One step of a trace. Attributes are names, counts, ids and codes: never a value somebody entered (D3). */
export interface Step {
  readonly name: string;
  readonly kind: keyof typeof kinds;
  readonly attributes?: Attributes;
  /** Other traces that led to this step: the rest of a batch. */
  readonly alsoFrom?: readonly (string | undefined)[];
}

const isRecorded = (traceFlags: number): boolean => (traceFlags & TraceFlags.SAMPLED) !== 0;
const mostLinks = 32;

/** A step that is being recorded. */
export class Traced {
  /** For whoever goes on from here. */
  readonly traceparent: string;

  constructor(
    private readonly by: Tracer,
    private readonly span: Span,
  ) {
    this.traceparent = traceparentOf(span.spanContext());
  }

  note(attributes: Attributes): void {
    this.span.setAttributes(attributes);
  }

  /** A step inside this one. */
  child(step: Step): Traced {
    return start(this.by, step, trace.setSpan(ROOT_CONTEXT, this.span));
  }

  /** `error`: what it threw, of which the code is told and never the words: those may quote what somebody entered. */
  end(error?: unknown): void {
    const { result, isFault } = resultOf(error);
    this.span.setAttribute('shidang.result', result);
    if (isFault) this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.span.end();
  }
}

function resultOf(error: unknown): { result: string; isFault: boolean } {
  if (error === undefined) return { result: 'done', isFault: false };
  const { body, code, name } = error as { body?: { code?: unknown }; code?: unknown; name?: unknown };
  const told = [body?.code, code, name].find((one) => typeof one === 'string' && /^[\w.-]{1,80}$/.test(one));
  return { result: (told as string | undefined) ?? 'fault', isFault: typeof body?.code !== 'string' };
}

function start(by: Tracer, { name, kind, attributes, alsoFrom = [] }: Step, context: Context): Traced {
  const others = alsoFrom.slice(0, mostLinks).flatMap((one) => placeIn(one) ?? []);
  const links = others.map((place) => ({ context: { ...place, isRemote: true } }));
  return new Traced(by, by.startSpan(name, { kind: kinds[kind], attributes, links }, context));
}

/** Goes on with a trace that is being recorded; otherwise nothing happens and nothing is answered. */
export function follow(parent: string | undefined, step: Step): Traced | undefined {
  if (!tracer || !parent) return undefined;
  const place = placeIn(parent);
  if (!place || !isRecorded(place.traceFlags)) return undefined;
  return start(tracer, step, trace.setSpanContext(ROOT_CONTEXT, { ...place, isRemote: true }));
}

/** The first step in this system: whether it is recorded is the sampler's to say, whatever a stranger's `parent` asks for. */
export function enter(parent: string | undefined, step: Step): Traced | undefined {
  if (!tracer) return undefined;
  const place = placeIn(parent);
  const context = place ? trace.setSpanContext(ROOT_CONTEXT, { ...place, isRemote: true }) : ROOT_CONTEXT;
  const traced = start(tracer, step, context);
  return isRecorded(placeIn(traced.traceparent)!.traceFlags) ? traced : undefined;
}

export const isRecording = (): boolean => tracer !== undefined;

/** Runs what the step stands for, and ends it as that ends. */
export async function during<T>(step: Traced | undefined, run: () => Promise<T>): Promise<T> {
  if (!step) return run();
  try {
    const answer = await run();
    step.end();
    return answer;
  } catch (error) {
    step.end(error);
    throw error;
  }
}

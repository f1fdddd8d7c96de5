import { TraceFlags, type Attributes, type Context, type Link, type SpanKind } from '@opentelemetry/api';
import type { Sampler } from '@opentelemetry/sdk-trace-base';

/** Of a step that is the first of its trace: what goes on from something that is recorded is recorded too. */
export const linkedOr = (always: Sampler, share: Sampler): Sampler => ({
  shouldSample(context: Context, traceId: string, name: string, kind: SpanKind, attributes: Attributes, links: Link[]) {
    const isLinked = links.some((link) => (link.context.traceFlags & TraceFlags.SAMPLED) !== 0);
    return (isLinked ? always : share).shouldSample(context, traceId, name, kind, attributes, links);
  },
  toString: () => `linked or ${share.toString()}`,
});

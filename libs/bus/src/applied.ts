import { enter, follow, placeIn, type Traced } from '@shidang/tracing';
import type { JsMsg } from 'nats';
import { factAttributes } from './publish-fact';
import { messageIdOf, traceOf } from './read-message';

/** What a consumer applies, for the trace it came with. */
export interface Applied {
  readonly durable: string;
  readonly parent?: string;
  /** Nobody's trace leads here: an operator's rerun begins its own. */
  readonly first?: true;
  readonly alsoFrom?: readonly (string | undefined)[];
  readonly attributes?: Readonly<Record<string, string | number>>;
}

export const ofMessage = (durable: string, message: JsMsg): Applied => ({
  durable,
  parent: traceOf(message),
  attributes: {
    ...factAttributes(message.subject),
    'messaging.message.id': messageIdOf(message),
    'shidang.deliveries': message.info.deliveryCount,
  },
});

const isRecorded = (traceparent: string | undefined): boolean => ((placeIn(traceparent)?.traceFlags ?? 0) & 1) === 1;

/** A batch stands in one trace, the first that is recorded; the others are linked to it. */
export function ofBatch(durable: string, messages: readonly JsMsg[]): Applied {
  const traces = messages.map(traceOf);
  const parent = traces.find(isRecorded) ?? traces[0];
  return {
    durable,
    parent,
    alsoFrom: [...new Set(traces.filter(isRecorded))].filter((one) => one !== parent),
    attributes: {
      ...factAttributes(messages[0]!.subject),
      'messaging.batch.message_count': messages.length,
      'shidang.deliveries': Math.max(...messages.map(({ info }) => info.deliveryCount)),
    },
  };
}

export const redelivering = (durable: string): Applied => ({ durable, first: true });

export function applying({ durable, parent, first, alsoFrom, attributes }: Applied): Traced | undefined {
  const step = {
    name: durable,
    kind: 'consumer',
    alsoFrom,
    attributes: { ...attributes, 'shidang.durable': durable },
  } as const;
  return first ? enter(undefined, step) : follow(parent, step);
}

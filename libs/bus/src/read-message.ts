import type { Fact } from '@shidang/contracts';
import { JSONCodec, type JsMsg } from 'nats';
import { headerNames } from './call';
import type { Delivered } from './consumes';

const codec = JSONCodec<Fact>();

export const messageIdOf = (message: JsMsg): string =>
  message.headers?.get('Nats-Msg-Id') || `${message.info.stream}:${message.seq}`;

export const traceOf = (message: JsMsg): string | undefined => message.headers?.get(headerNames.traceparent);

export const aggregateOf = (message: JsMsg): string | undefined => message.headers?.get(headerNames.aggregate);

/** @throws when the message is no JSON. */
export const delivered = (message: JsMsg): Delivered => ({
  messageId: messageIdOf(message),
  event: message.subject,
  fact: codec.decode(message.data),
});

/** What is set aside of a message; its bytes when it is no JSON. */
export function payloadOf(message: JsMsg): unknown {
  try {
    return codec.decode(message.data);
  } catch {
    return { notJson: Buffer.from(message.data).toString('base64') };
  }
}

import { headers, type Msg, type MsgHdrs } from 'nats';
import { headerNames } from './call';

/**
 * An answer that is JSON text already (ADR 0119). On NATS its bytes are the whole message, named by a header; any other answer, and every
 * refusal, is an envelope that has to be read.
 */
export class ReadyMade<Rep extends object> {
  /** For the compiler: what the text says. */
  declare readonly says?: Rep;

  private constructor(readonly bytes: Uint8Array) {}

  /** `json`: one sound JSON object. */
  static of<Rep extends object>(json: string): ReadyMade<Rep> {
    return new ReadyMade(Buffer.from(json));
  }

  /** Nothing when the message is an envelope. */
  static in<Rep extends object>(message: Msg): ReadyMade<Rep> | undefined {
    return message.headers?.has(headerNames.readyMade) ? new ReadyMade(message.data) : undefined;
  }

  get head(): MsgHdrs {
    const head = headers();
    head.set(headerNames.readyMade, '1');
    return head;
  }

  read(): Rep {
    return JSON.parse(Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength).toString()) as Rep;
  }
}

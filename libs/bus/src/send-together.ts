import type { NatsConnection } from 'nats';

/** What nats does and its types leave out. */
interface Sending {
  readonly protocol: {
    flushPending(): void;
    /** Bytes that wait to be written. */
    readonly outbound: { size(): number };
  };
}

/** As much as nats itself lets wait before it writes. */
const mostWaiting = 32 * 1024;

/**
 * nats writes to its socket at the end of the microtask a message was published in, so once a message: a system call each, and the server is woken for
 * each. From here on what is published in one turn of the event loop leaves together (ADR 0134).
 */
export function sendTogether<C extends NatsConnection>(connection: C): C {
  const { protocol } = connection as unknown as Sending;
  const write = protocol.flushPending.bind(protocol);
  let isDue = false;
  const writeDue = () => {
    isDue = false;
    write();
  };
  protocol.flushPending = () => {
    if (protocol.outbound.size() >= mostWaiting) write();
    else if (!isDue) {
      isDue = true;
      setImmediate(writeDue);
    }
  };
  // whoever says something and leaves has said it
  const close = connection.close.bind(connection);
  connection.close = () => {
    write();
    return close();
  };
  return connection;
}

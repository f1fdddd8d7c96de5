import { connect, type NatsConnection } from 'nats';
import { NatsAnswers } from './nats-answers';
import { NatsQuestions } from './nats-questions';
import { sendTogether } from './send-together';

/** How one user of deploy/nats reaches NATS. */
export interface NatsAccess {
  url: string;
  user: string;
  password: string;
  /** Authority of the server's certificate; then only TLS is spoken. */
  caFile?: string;
}

/** Never gives up: NATS restarting is waited for, not died of. The inbox prefix is granted to this user alone. */
const connectionOptions = (access: NatsAccess, name: string) => ({
  servers: access.url.split(','),
  user: access.user,
  pass: access.password,
  ...(access.caFile ? { tls: { caFile: access.caFile } } : {}),
  name,
  inboxPrefix: `_INBOX.${access.user}`,
  reconnect: true,
  maxReconnectAttempts: -1,
  reconnectTimeWait: 250,
  reconnectJitter: 100,
  waitOnFirstConnect: true,
  pingInterval: 20_000,
  // a stack for every question, which nobody reads
  noAsyncTraces: true,
});

export const connectNats = async (access: NatsAccess, name: string): Promise<NatsConnection> =>
  sendTogether(await connect(connectionOptions(access, name)));

export const natsClient = (access: NatsAccess): NatsQuestions =>
  new NatsQuestions({ ...connectionOptions(access, `${access.user}-asks`) });

/** Answers requests in the service's queue group, so that replicas share the work. `onExpired`: a request came too late and is forgotten. */
export const natsServer = (access: NatsAccess, onExpired: (subject: string) => void = () => undefined): NatsAnswers =>
  new NatsAnswers({ ...connectionOptions(access, `${access.user}-answers`), queue: access.user }, onExpired);

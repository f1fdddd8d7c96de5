import { natsUsers, secretsOf, type NatsUser } from '@shidang/dev';
import { contracts, durables, serviceNames, type AnyContract, type ServiceName } from '@shidang/contracts';
import { connectAs } from '@shidang/streams';
import type { Attack, Attacked } from '../attack';
import { refusedSubjects, type TriedSubject } from '../check/refused-subjects';
import type { Violation } from '../check/violation';

type Connection = Awaited<ReturnType<typeof connectAs>>;

const isService = (user: string): user is ServiceName => (serviceNames as readonly string[]).includes(user);

/** Rights told a second time, from the rule and not from permissions.conf: who may say what to whom (W5). */
function mayPublish(user: NatsUser, contract: AnyContract): boolean {
  if (user === 'operator') return false;
  if (contract.kind === 'event') return contract.service === user;
  if (contract.kind === 'internal') return (contract.from as readonly string[]).includes(user);
  if (user === 'gateway') return true;
  return contract.effect === 'read' && contract.service !== user;
}

/** What makes, empties, reads or fills streams past their owner. */
const administration = serviceNames.flatMap((stream) => [
  ...['INFO', 'CREATE', 'UPDATE', 'DELETE', 'PURGE', 'MSG.GET', 'MSG.DELETE', 'SNAPSHOT', 'LEADER.STEPDOWN'].map(
    (verb) => `$JS.API.STREAM.${verb}.${stream}`,
  ),
  `$JS.API.DIRECT.GET.${stream}`,
  `$JS.API.CONSUMER.CREATE.${stream}`,
  `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.spy`,
  `$JS.API.CONSUMER.NAMES.${stream}`,
]);

const pulls = Object.entries(durables).map(([name, { service, events }]) => ({
  service: service as string,
  subjects: ['MSG.NEXT', 'DELETE'].map((verb) => `$JS.API.CONSUMER.${verb}.${events[0]!.service}.${name}`),
}));

function foreignPublishes(user: NatsUser): string[] {
  const unasked = contracts.filter((contract) => !mayPublish(user, contract)).map(({ subject }) => subject);
  const others = natsUsers.filter((each) => each !== user);
  const hints = serviceNames.filter((each) => each !== user).map((each) => `hint.${each}.job.x`);
  const invented = [
    'rpc.records.teacher.invented',
    'int.identity.session.invented',
    ...(isService(user) ? [] : [`evt.${user}.invented`]),
  ].filter((subject) => !(user === 'gateway' && subject.startsWith('rpc.')));
  const streams =
    user === 'operator'
      ? []
      : [
          ...administration,
          ...pulls.flatMap(({ service, subjects }) =>
            subjects.filter((each) => service !== user || each.includes('.DELETE.')),
          ),
        ];
  return [
    ...unasked,
    ...invented,
    ...streams,
    ...(user === 'gateway' || user === 'operator' ? ['hint.records.job.x'] : hints),
    ...others.map((each) => `_INBOX.${each}.x`),
    ...serviceNames.filter((each) => each !== user).map((each) => `evt.${each}.x`),
    ...['$SYS.REQ.SERVER.PING', '$SYS.REQ.ACCOUNT.SHIDANG.CONNZ', '$KV.x.y', 'x', `${user}.x`],
  ];
}

function foreignSubscriptions(user: NatsUser): string[] {
  const others = natsUsers.filter((each) => each !== user);
  const services = serviceNames.filter((each) => each !== user);
  const roots = services.flatMap((each) => [`rpc.${each}.>`, `int.${each}.>`, `evt.${each}.>`]);
  const answers = contracts
    .filter(({ service, kind }) => service !== user || kind === 'event')
    .map(({ subject }) => subject);
  return [
    ...[
      '>',
      '*.>',
      'rpc.>',
      'int.>',
      'evt.>',
      '_INBOX.>',
      '_INBOX.*.>',
      '$JS.>',
      '$JS.ACK.>',
      '$SYS.>',
      'rpc.*.teacher.read',
    ],
    ...(user === 'gateway' ? [] : ['hint.>']),
    ...roots,
    ...answers,
    ...others.map((each) => `_INBOX.${each}.>`),
  ];
}

/** Harmless when it is allowed: nobody hears it, nothing is stored. */
const ownOf = (user: NatsUser): TriedSubject[] => [
  { user, operation: 'subscribe', subject: `_INBOX.${user}.attack.*` },
  ...(isService(user) ? ([{ user, operation: 'publish', subject: `hint.${user}.attack.x` }] as const) : []),
  ...(user === 'gateway' ? ([{ user, operation: 'publish', subject: 'rpc.records.nothing' }] as const) : []),
  ...(user === 'operator' ? ([{ user, operation: 'publish', subject: '$JS.API.INFO' }] as const) : []),
];

/** What the server said no to, from the errors it sends beside everything else. */
class Refusals {
  readonly seen: TriedSubject[] = [];

  constructor(
    private readonly user: NatsUser,
    connection: Connection,
  ) {
    void this.listen(connection);
  }

  private async listen(connection: Connection): Promise<void> {
    for await (const { permissionContext: said } of connection.status()) {
      if (!said) continue;
      const operation = said.operation === 'publish' ? 'publish' : 'subscribe';
      this.seen.push({ user: this.user, operation, subject: said.subject });
    }
  }
}

function tries(connection: Connection, { operation, subject }: TriedSubject): void {
  if (operation === 'publish') return connection.publish(subject);
  // in the queue group of the service it would take half of its work
  for (const queue of [undefined, subject.split('.')[1]])
    connection.subscribe(subject, { queue, callback: () => undefined });
}

async function asUser(
  user: NatsUser,
  { natsUrl, dir }: Attacked,
): Promise<{ found: Violation[]; foreign: number; own: number }> {
  const connection = await connectAs(user, natsUrl, secretsOf(dir).nats[user]);
  const refusals = new Refusals(user, connection);
  const subjects = { publish: foreignPublishes(user), subscribe: foreignSubscriptions(user) };
  const foreign = (['publish', 'subscribe'] as const).flatMap((operation) =>
    [...new Set(subjects[operation])].map((subject): TriedSubject => ({ user, operation, subject })),
  );
  const own = ownOf(user);
  try {
    for (const each of [...foreign, ...own]) tries(connection, each);
    await connection.flush();
    await connection.flush();
    const found = refusedSubjects(foreign, own, refusals.seen);
    return { found, foreign: foreign.length, own: own.length };
  } finally {
    await connection.close();
  }
}

/** Passwords that are none, somebody else's, or nobody's. */
async function strangers({ natsUrl, dir }: Attacked): Promise<{ found: Violation[]; tried: number }> {
  const passwords = secretsOf(dir).nats;
  const tried: [string, string][] = [
    ['', ''],
    ['gateway', ''],
    ['gateway', 'x'],
    ['records', passwords.gateway],
    ['operator', passwords.records],
    ['admin', 'admin'],
    ['SHIDANG', passwords.operator],
  ];
  const found: Violation[] = [];
  for (const [user, password] of tried) {
    const connection = await connectAs(user, natsUrl, password).catch(() => undefined);
    if (!connection) continue;
    found.push({ check: 'stranger', says: `NATS lets ${user || 'nobody'} in with a wrong password` });
    await connection.close();
  }
  return { found, tried: tried.length };
}

export const subjects: Attack = {
  name: 'subjects',
  says: 'each user of NATS publishes and subscribes to everything that is not his, in queue groups too; strangers knock (W5)',
  async run({ system }) {
    const figures = { users: natsUsers.length, 'foreign subjects': 0, 'own subjects': 0, strangers: 0 };
    const violations: Violation[] = [];
    for (const user of natsUsers) {
      const { found, foreign, own } = await asUser(user, system);
      figures['foreign subjects'] += foreign;
      figures['own subjects'] += own;
      violations.push(...found);
    }
    const { found, tried } = await strangers(system);
    return { figures: { ...figures, strangers: tried }, violations: [...violations, ...found] };
  },
};

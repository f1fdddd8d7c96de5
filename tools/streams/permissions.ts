import 'reflect-metadata';
import {
  contracts,
  durables,
  serviceNames,
  type AnyContract,
  type DeclaredDurable,
  type ServiceName,
} from '@shidang/contracts';

interface Grants {
  publish: string[];
  subscribe: string[];
  /** Whether the user answers requests: then it may publish to the inbox of whoever asked, to no other. */
  answers: boolean;
}

const unique = (subjects: string[]): string[] => [...new Set(subjects)].sort();

/** A durable reads one stream, the one of the service that tells its events. */
export function streamOf(name: string, durable: DeclaredDurable): ServiceName {
  const streams = [...new Set(durable.events.map((event) => event.service))];
  const [stream] = streams;
  if (!stream || streams.length > 1)
    throw new Error(`durable ${name} must read exactly one stream, not ${streams.join(', ')}`);
  return stream;
}

/** Pulling from a durable and acknowledging, nothing else of JetStream: streams and durables are made by the operator. */
function consuming(service: ServiceName): string[] {
  return Object.entries<DeclaredDurable>(durables)
    .filter(([, durable]) => durable.service === service)
    .flatMap(([name, durable]) => {
      const place = `${streamOf(name, durable)}.${name}`;
      return [`$JS.API.CONSUMER.INFO.${place}`, `$JS.API.CONSUMER.MSG.NEXT.${place}`, `$JS.ACK.${place}.>`];
    });
}

const granted =
  (asker: string) =>
  (contract: AnyContract): boolean =>
    contract.kind === 'internal' && contract.from.some((from) => from === asker);

/** A service may read from another on behalf of a caller whose token it holds; writes of a caller enter by the gateway only. */
const readOfAnother =
  (service: ServiceName) =>
  (contract: AnyContract): boolean =>
    contract.kind === 'request' && contract.effect === 'read' && contract.service !== service;

function ofService(service: ServiceName): Grants {
  const asks = contracts.filter((contract) => granted(service)(contract) || readOfAnother(service)(contract));
  return {
    publish: unique([
      ...asks.map((contract) => contract.subject),
      `evt.${service}.>`,
      `hint.${service}.>`,
      '$JS.API.INFO',
      ...consuming(service),
    ]),
    subscribe: unique([`rpc.${service}.>`, `int.${service}.>`, `_INBOX.${service}.>`]),
    answers: true,
  };
}

function ofGateway(): Grants {
  const internal = contracts.filter(granted('gateway')).map((contract) => contract.subject);
  return { publish: unique(['rpc.>', ...internal]), subscribe: ['_INBOX.gateway.>', 'hint.>'], answers: false };
}

/** tools/streams and the administrator's commands; it neither asks nor tells. */
const ofOperator = (): Grants => ({ publish: ['$JS.API.>'], subscribe: ['_INBOX.operator.>'], answers: false });

const list = (name: string, subjects: string[]): string[] => [
  `          ${name}: { allow: [`,
  ...subjects.map((subject) => `            "${subject}"`),
  '          ] }',
];

function user(name: string, grants: Grants): string[] {
  return [
    '      {',
    `        user: ${name}`,
    `        password: $NATS_PASSWORD_${name.toUpperCase()}`,
    '        permissions: {',
    ...list('publish', grants.publish),
    ...list('subscribe', grants.subscribe),
    ...(grants.answers ? ['          allow_responses: { max: 2, expires: "30s" }'] : []),
    '        }',
    '      }',
  ];
}

/** The text of deploy/nats/permissions.conf. */
export function permissionsConf(): string {
  return [
    '# Written by `node dist/tools/streams/main.js permissions` from libs/contracts; a test fails when it is not what the contracts say.',
    '# Who may publish and subscribe to what. Passwords come from the environment of nats-server (NATS_PASSWORD_<USER>).',
    'accounts {',
    '  SHIDANG {',
    '    jetstream: enabled',
    '    users: [',
    ...user('gateway', ofGateway()),
    ...serviceNames.flatMap((service) => user(service, ofService(service))),
    ...user('operator', ofOperator()),
    '    ]',
    '  }',
    '}',
    '',
  ].join('\n');
}

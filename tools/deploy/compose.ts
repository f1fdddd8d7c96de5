import { apps, environmentFaults, filesOf, keptFaults, users, type App, type Variables } from './expected';

/** The part of compose.yaml that is looked at; the file is YAML 1.2 with merge keys. */
export interface Compose {
  services: Record<string, ComposeService>;
  secrets: Record<string, { file: string }>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, object | null>;
}

export interface ComposeService {
  image?: string;
  build?: { dockerfile: string; args: { APP: string } };
  entrypoint?: string[];
  command?: string[];
  environment?: Record<string, string>;
  secrets?: string[];
  ports?: string[];
  volumes?: string[];
  networks?: string[] | Record<string, { aliases?: string[] }>;
  read_only?: boolean;
  user?: string;
  cap_drop?: string[];
  security_opt?: string[];
  mem_limit?: string;
  stop_grace_period?: string;
  healthcheck?: { test: string[] };
  deploy?: { replicas?: number };
  depends_on?: Record<string, { condition: string }>;
}

const numeric = /^[1-9]\d*:[1-9]\d*$/;

function hardened(service: ComposeService): string[] {
  return [
    ...(service.read_only ? [] : ['its root is not read-only']),
    ...(service.cap_drop?.includes('ALL') ? [] : ['it keeps capabilities']),
    ...(service.security_opt?.includes('no-new-privileges:true') ? [] : ['it may gain privileges']),
  ];
}

function secretFaults({ environment = {}, secrets = [] }: ComposeService, declared: Compose['secrets']): string[] {
  const files = filesOf(environment);
  return [
    ...files.filter((file) => !secrets.includes(file)).map((file) => `${file} is read but not given`),
    ...secrets.filter((file) => !declared[file]).map((file) => `${file} is declared nowhere`),
    ...secrets.filter((file) => !files.includes(file)).map((file) => `${file} is given but not read`),
  ];
}

/** The named volume mounted there, when it is declared. */
function volumeAt(directory: string, { volumes = [] }: ComposeService, compose: Compose): string | undefined {
  const [name] = volumes.find((one) => one.split(':')[1] === directory)?.split(':') ?? [];
  return name !== undefined && name in compose.volumes ? name : undefined;
}

function appFaults(app: App, compose: Compose, variables: Variables): string[] {
  const service = compose.services[app];
  if (!service) return ['it is missing'];
  const environment = service.environment ?? {};
  const published = (service.ports ?? []).length > 0;
  return [
    ...hardened(service),
    ...(numeric.test(service.user ?? '') ? [] : ['it has no numeric user']),
    ...environmentFaults(environment, variables),
    ...secretFaults(service, compose.secrets),
    ...keptFaults(app, environment, (directory) => volumeAt(directory, service, compose)),
    ...(service.build?.args.APP === app ? [] : [`it is built as ${service.build?.args.APP}`]),
    ...(environment['NATS_USER'] === app ? [] : [`it is ${environment['NATS_USER']} in NATS`]),
    ...(published === (app === 'gateway') ? [] : [published ? 'it is published' : 'it is not published']),
    ...(service.healthcheck?.test.join(' ').includes(`:${environment['PORT_HEALTH']}/ready`)
      ? []
      : ['its health check asks elsewhere']),
    ...(Number.parseInt(service.stop_grace_period ?? '0', 10) > 20
      ? []
      : ['it is killed before it has finished (20 s)']),
    ...(service.mem_limit ? [] : ['its memory is not bounded']),
    ...(app === 'gateway' || (service.deploy?.replicas ?? 1) >= 2 ? [] : ['it has one replica']),
  ];
}

function migrationFaults(app: App, compose: Compose): string[] {
  if (app === 'gateway') return [];
  const job = compose.services[`migrate-${app}`];
  if (!job) return ['it is never migrated'];
  const waits = compose.services[app]?.depends_on ?? {};
  return [
    ...(job.image === compose.services[app]?.image ? [] : ['another image migrates it']),
    ...(job.command?.[0] === 'migrate' ? [] : ['its migration does something else']),
    ...hardened(job),
    ...secretFaults(job, compose.secrets),
    ...[`migrate-${app}`, 'streams']
      .filter((name) => waits[name]?.condition !== 'service_completed_successfully')
      .map((name) => `it does not wait for ${name}`),
  ];
}

function natsFaults(compose: Compose): string[] {
  const nodes = ['nats-0', 'nats-1', 'nats-2'].map((name) => [name, compose.services[name]] as const);
  return nodes.flatMap(([name, node]) => {
    if (!node) return [`${name} is missing`];
    const wanted = [...users.map((user) => `nats-password-${user}`), 'ca.pem', 'nats-cert.pem', 'nats-key.pem'];
    const networks = Array.isArray(node.networks) ? {} : (node.networks ?? {});
    return [
      ...hardened(node),
      ...(node.environment?.['NATS_NAME'] === name ? [] : ['it has another name']),
      ...(networks['inside']?.aliases?.includes(`${name}.nats`) ? [] : ['the others cannot find it']),
      ...wanted.filter((secret) => !node.secrets?.includes(secret)).map((secret) => `it lacks ${secret}`),
    ].map((fault) => `${name}: ${fault}`);
  });
}

/** What compose.yaml gets wrong; empty when nothing. */
export function composeFaults(compose: Compose, variables: Readonly<Record<App, Variables>>): string[] {
  const known = [
    ...apps,
    ...apps.map((app) => `migrate-${app}`),
    'nats-0',
    'nats-1',
    'nats-2',
    'postgres',
    'roles',
    'streams',
  ];
  return [
    ...apps.flatMap((app) =>
      [...appFaults(app, compose, variables[app]), ...migrationFaults(app, compose)].map((fault) => `${app}: ${fault}`),
    ),
    ...natsFaults(compose),
    ...Object.entries(compose.services)
      .filter(([name, service]) => name !== 'gateway' && service.ports)
      .map(([name]) => `${name}: it is published`),
    ...Object.keys(compose.services)
      .filter((name) => !known.includes(name))
      .map((name) => `${name}: nobody knows it`),
    ...(compose.networks['inside']?.internal ? [] : ['the inside network leads outside']),
  ];
}

import { apps, environmentFaults, filesOf, keptFaults, type App, type Variables } from './expected';

/** The part of a manifest that is looked at. */
export interface Manifest {
  kind: string;
  metadata: { name: string };
  spec: Spec;
}
interface Spec {
  template: { metadata: { labels: Record<string, string> }; spec: PodSpec };
  scaleTargetRef?: { name: string };
  minReplicas?: number;
  replicas?: number;
  selector?: { matchLabels?: Record<string, string> };
  podSelector?: { matchLabels?: Record<string, string> };
  policyTypes?: string[];
  ingress?: object[];
  egress?: object[];
  accessModes?: string[];
}
interface Probe {
  httpGet: { path: string; port: string };
}
interface PodSpec {
  automountServiceAccountToken?: boolean;
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number; seccompProfile?: { type: string } };
  terminationGracePeriodSeconds?: number;
  topologySpreadConstraints?: object[];
  containers: Container[];
  volumes: {
    name: string;
    projected?: { sources: { secret?: { name: string } }[] };
    persistentVolumeClaim?: { claimName: string };
  }[];
}
interface Container {
  name: string;
  image: string;
  args?: string[];
  env: { name: string; value?: string }[];
  ports?: { name: string; containerPort: number }[];
  volumeMounts?: { name: string; mountPath: string }[];
  startupProbe?: Probe;
  livenessProbe?: Probe;
  readinessProbe?: Probe;
  resources?: { requests?: { cpu?: string; memory?: string }; limits?: { memory?: string } };
  securityContext?: {
    allowPrivilegeEscalation?: boolean;
    readOnlyRootFilesystem?: boolean;
    capabilities?: { drop?: string[] };
  };
}

const named = (manifests: readonly Manifest[], kind: string, name: string): Manifest | undefined =>
  manifests.find((one) => one.kind === kind && one.metadata.name === name);

/** What the "restricted" standard asks for, and a root nobody writes to. */
export function podFaults({ spec }: { spec: PodSpec }): string[] {
  const { securityContext: pod } = spec;
  return [
    ...(pod?.runAsNonRoot && (pod.runAsUser ?? 0) > 0 ? [] : ['it may run as root']),
    ...(pod?.seccompProfile?.type === 'RuntimeDefault' ? [] : ['it has no seccomp profile']),
    ...(spec.automountServiceAccountToken === false ? [] : ["it is given the cluster's token"]),
    ...spec.containers.flatMap(({ securityContext: own, resources }) => [
      ...(own?.readOnlyRootFilesystem ? [] : ['its root is not read-only']),
      ...(own?.allowPrivilegeEscalation === false ? [] : ['it may gain privileges']),
      ...(own?.capabilities?.drop?.includes('ALL') ? [] : ['it keeps capabilities']),
      ...(resources?.requests?.cpu && resources.requests.memory && resources.limits?.memory
        ? []
        : ['its size is not stated']),
    ]),
  ];
}

/** A comma outside of quotes ends a value in a flow mapping: what follows becomes a key nobody knows. */
const torn = ({ env }: Container): string[] =>
  env.flatMap((entry) =>
    Object.keys(entry)
      .filter((key) => !['name', 'value', 'valueFrom'].includes(key))
      .map((key) => `${entry.name} is torn at ${key}`),
  );

const environmentOf = ({ env }: Container): Record<string, string> =>
  Object.fromEntries(env.map(({ name, value }) => [name, value ?? '']));

/** Paths are those of libs/service-host, the port is the one the app is told to answer on. */
function probeFaults(container: Container): string[] {
  const health = container.ports?.find(({ name }) => name === 'health')?.containerPort;
  const wanted = { startupProbe: '/live', livenessProbe: '/live', readinessProbe: '/ready' } as const;
  return [
    ...(String(health) === environmentOf(container)['PORT_HEALTH'] ? [] : [`its health port is not ${health}`]),
    ...Object.entries(wanted).flatMap(([name, path]) => {
      const probe = container[name as keyof typeof wanted]?.httpGet;
      return probe?.path === path && probe.port === 'health' ? [] : [`its ${name} does not ask ${path}`];
    }),
  ];
}

/** The claim mounted there, when replicas on several machines may hold it. */
function claimAt(directory: string, pod: PodSpec, manifests: readonly Manifest[]): string | undefined {
  const mount = pod.containers[0]?.volumeMounts?.find(({ mountPath }) => mountPath === directory);
  const claim = pod.volumes.find(({ name }) => name === mount?.name)?.persistentVolumeClaim?.claimName;
  const declared = named(manifests, 'PersistentVolumeClaim', claim ?? '');
  return declared?.spec.accessModes?.includes('ReadWriteMany') ? claim : undefined;
}

function appFaults(app: App, manifests: readonly Manifest[], variables: Variables): string[] {
  const deployment = named(manifests, 'Deployment', app);
  if (!deployment) return ['it is not deployed'];
  const { template } = deployment.spec;
  const [container] = template.spec.containers;
  if (!container) return ['it has no container'];
  const environment = environmentOf(container);
  const autoscaler = named(manifests, 'HorizontalPodAutoscaler', app)?.spec;
  const budget = named(manifests, 'PodDisruptionBudget', app)?.spec;
  const label = template.metadata.labels['app.kubernetes.io/name'];
  return [
    ...podFaults(template),
    ...probeFaults(container),
    ...torn(container),
    ...environmentFaults(environment, variables),
    ...keptFaults(app, environment, (directory) => claimAt(directory, template.spec, manifests)),
    ...(container.image === `shidang/${app}` ? [] : [`its image is ${container.image}`]),
    ...(environment['NATS_USER'] === app ? [] : [`it is ${environment['NATS_USER']} in NATS`]),
    ...(template.spec.volumes.some(({ projected }) => projected?.sources.some(({ secret }) => secret?.name === app))
      ? []
      : ['it is not given its secret']),
    ...((template.spec.terminationGracePeriodSeconds ?? 30) > 20 ? [] : ['it is killed before it has finished (20 s)']),
    ...(template.spec.topologySpreadConstraints ? [] : ['its replicas may share one machine']),
    ...(autoscaler?.scaleTargetRef?.name === app && (autoscaler.minReplicas ?? 1) >= 2 ? [] : ['it has one replica']),
    ...(budget?.selector?.matchLabels?.['app.kubernetes.io/name'] === label ? [] : ['it has no disruption budget']),
    ...(app === 'gateway' || named(manifests, 'Job', `migrate-${app}`) ? [] : ['it is never migrated']),
  ];
}

function jobFaults(manifests: readonly Manifest[]): string[] {
  const jobs = manifests.filter(({ kind }) => kind === 'Job');
  return jobs.flatMap(({ metadata: { name }, spec: { template } }) => {
    const [, service] = /^migrate-(\w+)$/.exec(name) ?? [];
    const [container] = template.spec.containers;
    return [
      ...podFaults(template),
      ...template.spec.containers.flatMap(torn),
      ...(!service || container?.image === `shidang/${service}` ? [] : [`its image is ${container?.image}`]),
      ...(!service || container?.args?.[0] === 'migrate' ? [] : ['it does something else']),
      ...(container && filesOf(environmentOf(container)).length >= 2 ? [] : ['it is given no secret']),
    ].map((fault) => `${name}: ${fault}`);
  });
}

const ports = (rules: readonly object[] = []): number[] =>
  [...JSON.stringify(rules).matchAll(/"port":(\d+)/g)].map(([, port]) => Number(port));

/** Default deny, and only edges that exist: HTTP to the gateway, NATS, PostgreSQL, names, metrics, traces. */
function edgeFaults(manifests: readonly Manifest[]): string[] {
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
  const denies = policies.some(
    ({ spec }) =>
      JSON.stringify(spec.podSelector) === '{}' &&
      spec.policyTypes?.length === 2 &&
      (spec.ingress ?? spec.egress) === undefined,
  );
  const known = new Set([53, 4222, 4318, 5432, 6222, 8080, 8222, 9000]);
  return [
    ...(denies ? [] : ['nothing is denied by default']),
    ...policies.flatMap(({ metadata, spec }) => {
      const opened = [...ports(spec.ingress), ...ports(spec.egress)];
      const rules = [...(spec.ingress ?? []), ...(spec.egress ?? [])];
      return [
        ...opened.filter((port) => !known.has(port)).map((port) => `${metadata.name}: nobody listens on ${port}`),
        ...(rules.every((rule) => 'ports' in rule && ('from' in rule || 'to' in rule))
          ? []
          : [`${metadata.name}: it is open to everything`]),
      ];
    }),
  ];
}

/** What the manifests of the base get wrong; empty when nothing. */
export function kubernetesFaults(
  manifests: readonly Manifest[],
  variables: Readonly<Record<App, Variables>>,
): string[] {
  const nats = named(manifests, 'StatefulSet', 'nats')?.spec;
  return [
    ...apps.flatMap((app) => appFaults(app, manifests, variables[app]).map((fault) => `${app}: ${fault}`)),
    ...jobFaults(manifests),
    ...edgeFaults(manifests),
    ...(nats?.replicas === 3 ? podFaults(nats.template) : ['there are not three nodes']).map(
      (fault) => `nats: ${fault}`,
    ),
    ...(named(manifests, 'Job', 'streams') ? [] : ['nobody makes the streams']),
    ...manifests
      .filter(({ kind }) => kind === 'Secret')
      .map(({ metadata }) => `${metadata.name}: a secret is written down`),
    ...manifests
      .filter(({ kind, metadata }) => kind === 'Deployment' && !apps.some((app) => app === metadata.name))
      .map(({ metadata }) => `${metadata.name}: there is no such app`),
  ];
}

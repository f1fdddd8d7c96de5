import 'reflect-metadata';
import { fromRoot } from '@shidang/dev';
import { Health, Metrics } from '@shidang/service-host/gateway';
import { readdirSync, readFileSync } from 'node:fs';
import { parse, parseAllDocuments } from 'yaml';
import { composeFaults, type Compose } from './compose';
import { apps, users, variablesOfApp, type App, type Variables } from './expected';
import { kubernetesFaults, type Manifest } from './kubernetes';
import { composeScrapingFaults, kubernetesScrapingFaults, scrapingFaults, type Scraping } from './prometheus';

const text = (path: string) => readFileSync(fromRoot('deploy', path), 'utf8');
const base = readdirSync(fromRoot('deploy/k8s/base')).filter((name) => name !== 'kustomization.yaml');

let variables: Record<App, Variables>;
beforeAll(async () => {
  const all = await Promise.all(apps.map(async (app) => [app, await variablesOfApp(app)] as const));
  variables = Object.fromEntries(all) as Record<App, Variables>;
});

const compose = (): Compose => parse(text('compose.yaml'), { merge: true }) as Compose;
const manifests = (): Manifest[] =>
  base.flatMap((name) => parseAllDocuments(text(`k8s/base/${name}`)).map((one) => one.toJS() as Manifest));
const deployment = (all: Manifest[], app: App) =>
  all.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === app)!.spec.template.spec;

describe('compose.yaml', () => {
  it('gives every app what its config class asks for, and closes the rest', () => {
    expect(composeFaults(compose(), variables)).toEqual([]);
  });

  it.each<[string, (all: Compose) => void, string]>([
    [
      'a missing variable',
      ({ services }) => delete services['records']!.environment!['KEY_FILE'],
      'records: KEY_FILE is missing',
    ],
    [
      'an unknown variable',
      ({ services }) => (services['review']!.environment!['BATCH_HOLD'] = '1'),
      'review: BATCH_HOLD is known to no config class',
    ],
    [
      'a secret in the open',
      ({ services }) => (services['gateway']!.environment!['COOKIE_SECRET'] = 'x'),
      'gateway: COOKIE_SECRET is a secret: COOKIE_SECRET_FILE',
    ],
    [
      'another NATS user',
      ({ services }) => (services['review']!.environment!['NATS_USER'] = 'records'),
      'review: it is records in NATS',
    ],
    [
      'a published service',
      ({ services }) => (services['postgres']!.ports = ['5432:5432']),
      'postgres: it is published',
    ],
    [
      'a health check elsewhere',
      ({ services }) => (services['identity']!.environment!['PORT_HEALTH'] = '9001'),
      'identity: its health check asks elsewhere',
    ],
    [
      'a writable root',
      ({ services }) => (services['reporting']!.read_only = false),
      'reporting: its root is not read-only',
    ],
    [
      'a secret nobody declares',
      (all) => delete all.secrets['cookie-secret'],
      'gateway: cookie-secret is declared nowhere',
    ],
    ['no migration', ({ services }) => delete services['migrate-records'], 'records: it is never migrated'],
    [
      'a password NATS does not get',
      ({ services }) => services['nats-1']!.secrets!.splice(0),
      'nats-1: it lacks nats-password-gateway',
    ],
    [
      'heads of the audit chain in the container',
      ({ services }) => services['review']!.volumes!.splice(0),
      'review: AUDIT_HEADS_FILE does not outlive the container on a volume of its own',
    ],
    [
      'heads of the audit chain with another service',
      ({ services }) => (services['review']!.volumes = services['records']!.volumes),
      'review: AUDIT_HEADS_FILE does not outlive the container on a volume of its own',
    ],
    [
      'a database for tests',
      ({ services }) => (services['records']!.environment!['SHIDANG_THROW_AWAY_DATABASE'] = '1'),
      'records: SHIDANG_THROW_AWAY_DATABASE is for tests',
    ],
  ])('with %s is found wrong', (_, plant, fault) => {
    const all = structuredClone(compose());
    plant(all);
    expect(composeFaults(all, variables)).toContain(fault);
  });
});

describe('the manifests of k8s/base', () => {
  it('give every app what its config class asks for, probe what it serves, and close the rest', () => {
    expect(kubernetesFaults(manifests(), variables)).toEqual([]);
  });

  it.each<[string, (all: Manifest[]) => void, string]>([
    [
      'a missing variable',
      (all) => deployment(all, 'records').containers[0]!.env.pop(),
      'records: KEY_FILE is missing',
    ],
    [
      'a probe of a path nobody serves',
      (all) => (deployment(all, 'review').containers[0]!.readinessProbe!.httpGet.path = '/health'),
      'review: its readinessProbe does not ask /ready',
    ],
    [
      'another health port',
      (all) => (deployment(all, 'review').containers[0]!.ports![0]!.containerPort = 9001),
      'review: its health port is not 9001',
    ],
    [
      'heads of the audit chain in the container',
      (all) => deployment(all, 'review').volumes.pop(),
      'review: AUDIT_HEADS_FILE does not outlive the container on a volume of its own',
    ],
    [
      'heads of the audit chain for one replica',
      (all) =>
        (all.find(({ metadata }) => metadata.name === 'audit-heads-review')!.spec.accessModes = ['ReadWriteOnce']),
      'review: AUDIT_HEADS_FILE does not outlive the container on a volume of its own',
    ],
    [
      'an address list without quotes',
      (all) => Object.assign(deployment(all, 'records').containers[0]!.env[0]!, { 'nats://nats-1.nats:4222': null }),
      'records: PORT_HEALTH is torn at nats://nats-1.nats:4222',
    ],
    ['root', (all) => (deployment(all, 'gateway').securityContext!.runAsUser = 0), 'gateway: it may run as root'],
    [
      'capabilities',
      (all) => (deployment(all, 'gateway').containers[0]!.securityContext!.capabilities = {}),
      'gateway: it keeps capabilities',
    ],
    [
      'another image',
      (all) => (deployment(all, 'identity').containers[0]!.image = 'shidang/records'),
      'identity: its image is shidang/records',
    ],
    [
      'a secret written down',
      (all) => all.push({ kind: 'Secret', metadata: { name: 'records' } } as Manifest),
      'records: a secret is written down',
    ],
    [
      'no default',
      (all) =>
        all.splice(
          all.findIndex(({ metadata }) => metadata.name === 'deny-all'),
          1,
        ),
      'nothing is denied by default',
    ],
    [
      'no budget',
      (all) =>
        all.splice(
          all.findIndex(({ kind }) => kind === 'PodDisruptionBudget'),
          1,
        ),
      'gateway: it has no disruption budget',
    ],
  ])('with %s are found wrong', (_, plant, fault) => {
    const all = manifests();
    plant(all);
    expect(kubernetesFaults(all, variables)).toContain(fault);
  });

  it('are all listed, and the overlay names every image', () => {
    const { resources } = parse(text('k8s/base/kustomization.yaml')) as { resources: string[] };
    expect(resources.filter((name) => name.endsWith('.yaml')).sort()).toEqual([...base].sort());
    const { images } = parse(text('k8s/overlays/city/kustomization.yaml')) as { images: { name: string }[] };
    expect(images.map(({ name }) => name).sort()).toEqual(apps.map((app) => `shidang/${app}`).sort());
  });

  it('probe paths that libs/service-host answers', async () => {
    const health = new Health(new Metrics('probe'), []);
    const port = await health.listen(0);
    health.accept(true);
    for (const path of ['/live', '/ready']) expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(200);
    health.close();
  });
});

describe('the Prometheus of deploy/', () => {
  const scraping = (where: string) => parse(text(`prometheus/scrape-${where}.yaml`)) as Scraping;
  const [, job] = /up\{job="(\w+)"\}/.exec(text('prometheus/alerts.yaml')) ?? [];
  const { namespace } = parse(text('k8s/overlays/city/kustomization.yaml')) as { namespace: string };
  const faults = {
    compose: (all: Scraping) => [...scrapingFaults(all, job!), ...composeScrapingFaults(all, compose())],
    kubernetes: (all: Scraping) => [
      ...scrapingFaults(all, job!),
      ...kubernetesScrapingFaults(all, manifests(), namespace),
    ],
  };

  it.each(['compose', 'kubernetes'] as const)(
    'of %s scrapes every app where it answers, as the alerts call it',
    (where) => {
      expect(faults[where](scraping(where))).toEqual([]);
    },
  );

  it.each<[string, 'compose' | 'kubernetes', (all: Scraping) => void, string]>([
    [
      'an app left out',
      'compose',
      (all) => all.scrape_configs[0]!.dns_sd_configs![0]!.names.pop(),
      'gateway: it is not scraped',
    ],
    [
      'another port',
      'compose',
      (all) => (all.scrape_configs[0]!.dns_sd_configs![0]!.port = 9090),
      'review: it does not answer on 9090',
    ],
    ['another job', 'compose', (all) => (all.scrape_configs[0]!.job_name = 'apps'), 'its job is not called shidang'],
    ['no alerts', 'kubernetes', (all) => all.rule_files.pop(), 'the alerts are not evaluated'],
    ['little patience', 'kubernetes', (all) => (all.global.scrape_timeout = '2s'), 'it gives up before a look does'],
    [
      'another namespace',
      'kubernetes',
      (all) => (all.scrape_configs[0]!.kubernetes_sd_configs![0]!.namespaces.names = ['default']),
      'it looks elsewhere',
    ],
    [
      'another port name',
      'kubernetes',
      (all) => (all.scrape_configs[0]!.relabel_configs![0]!.regex = 'shidang;metrics'),
      'records: it is not scraped',
    ],
  ])('with %s is found wrong', (_, where, plant, fault) => {
    const all = scraping(where);
    plant(all);
    expect(faults[where](all)).toContain(fault);
  });
});

describe('the NATS of deploy/', () => {
  it('has the users of permissions.conf', () => {
    const inFile = [...text('nats/permissions.conf').matchAll(/^\s+user: (\w+)$/gm)].map(([, user]) => user);
    expect(inFile.sort()).toEqual([...users].sort());
  });

  it('lets nobody speak in plain text', () => {
    expect(text('nats/server.conf').match(/^\s*tls \{/gm)).toHaveLength(2);
    expect(text('nats/server.conf')).toContain('verify: true');
  });
});

describe('the image', () => {
  const dockerfile = text('images/Dockerfile');

  it('runs as nobody in particular, from the locked packages, without those of development', () => {
    expect(dockerfile).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
    expect(dockerfile.match(/npm ci/g)).toHaveLength(2);
    expect(dockerfile).toContain('npm ci --omit=dev');
    expect(dockerfile).toMatch(/^HEALTHCHECK NONE$/m);
    expect(dockerfile).toContain('--enable-source-maps');
    expect(dockerfile).toContain('ln -s "dist/services/$APP.js" /out/main.js');
    expect(dockerfile).not.toMatch(/:latest|ADD http/);
  });
});

import { apps } from './expected';
import type { Compose } from './compose';
import type { Manifest } from './kubernetes';

/** The part of a Prometheus configuration that is looked at. */
export interface Scraping {
  global: { scrape_timeout: string };
  rule_files: string[];
  scrape_configs: {
    job_name: string;
    metrics_path?: string;
    dns_sd_configs?: { names: string[]; type: string; port: number }[];
    kubernetes_sd_configs?: { role: string; namespaces: { names: string[] } }[];
    relabel_configs?: { source_labels: string[]; regex?: string; action?: string }[];
  }[];
}

/** Gauges of a look give up after so long (libs/service-host). */
const slowestSeconds = 2;

/** The one job the alerts speak of, at the path apps answer, with time for a look at a database that does not. */
export function scrapingFaults({ global, rule_files: rules, scrape_configs: jobs }: Scraping, job: string): string[] {
  return [
    ...(rules.includes('alerts.yaml') ? [] : ['the alerts are not evaluated']),
    ...(Number.parseFloat(global.scrape_timeout) > slowestSeconds ? [] : ['it gives up before a look does']),
    ...(jobs.length === 1 && jobs[0]?.job_name === job ? [] : [`its job is not called ${job}`]),
    ...((jobs[0]?.metrics_path ?? '/metrics') === '/metrics' ? [] : ['nobody answers at its path']),
  ];
}

export function composeScrapingFaults({ scrape_configs: [job] }: Scraping, { services }: Compose): string[] {
  const [found] = job?.dns_sd_configs ?? [];
  const names = found?.names ?? [];
  return [
    ...apps.filter((app) => !names.includes(app)).map((app) => `${app}: it is not scraped`),
    ...names.filter((name) => !(name in services)).map((name) => `${name}: there is no such service`),
    ...names
      .filter((name) => services[name]?.environment?.['PORT_HEALTH'] !== String(found?.port))
      .map((name) => `${name}: it does not answer on ${found?.port}`),
    ...(found?.type === 'A' ? [] : ['replicas are not told apart']),
  ];
}

/** Labels and port names as Prometheus writes them in `__meta_kubernetes_pod_…`. */
export function kubernetesScrapingFaults(
  { scrape_configs: [job] }: Scraping,
  manifests: readonly Manifest[],
  namespace: string,
): string[] {
  const [found] = job?.kubernetes_sd_configs ?? [];
  const kept = job?.relabel_configs?.find(({ action }) => action === 'keep');
  const wanted = new RegExp(`^(?:${kept?.regex ?? 'nothing'})$`);
  const pods = manifests.filter(({ kind }) => kind === 'Deployment');
  const isScraped = ({ spec: { template } }: Manifest) => {
    const label = template.metadata.labels['app.kubernetes.io/part-of'] ?? '';
    return template.spec.containers.some(({ ports = [] }) => ports.some(({ name }) => wanted.test(`${label};${name}`)));
  };
  const sources = '__meta_kubernetes_pod_label_app_kubernetes_io_part_of,__meta_kubernetes_pod_container_port_name';
  return [
    ...(found?.role === 'pod' && found.namespaces.names.join() === namespace ? [] : ['it looks elsewhere']),
    ...(kept?.source_labels.join() === sources ? [] : ['it keeps by other labels']),
    ...pods.filter((pod) => !isScraped(pod)).map(({ metadata }) => `${metadata.name}: it is not scraped`),
  ];
}

import { fromRoot } from '@shidang/dev';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook_url: string };
}
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

const text = (path: string) => readFileSync(fromRoot('deploy', path), 'utf8');

export const alerts = (): Alert[] =>
  (parse(text('prometheus/alerts.yaml')) as { groups: { rules: Alert[] }[] }).groups.flatMap(({ rules }) => rules);

export const dashboards = (): Dashboard[] =>
  readdirSync(fromRoot('deploy/grafana'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(text(`grafana/${name}`)) as Dashboard);

/** Every expression somebody looks at or is woken by, with where it stands. */
export const expressions = (): { place: string; expression: string }[] => [
  ...alerts().map(({ alert, expr }) => ({ place: alert, expression: expr })),
  ...dashboards().flatMap(({ uid, panels }) =>
    panels.flatMap(({ title, targets }) =>
      targets.map(({ expr }) => ({ place: `${uid}: ${title}`, expression: expr })),
    ),
  ),
];

export const runbook = (): string => text('runbook.md');

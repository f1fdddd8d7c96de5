import { dirname } from 'node:path';
import { fromRoot, natsUsers } from '@shidang/dev';
import { serviceNames } from '@shidang/contracts';
import { variablesOf } from '@shidang/service-host/gateway';

export const apps = [...serviceNames, 'gateway'] as const;
export type App = (typeof apps)[number];
export const users = natsUsers;

/** What an app reads from its environment, as its config class declares it. */
export type Variables = readonly { readonly name: string; readonly optional: boolean }[];

/** Of tests: no deployment sets it. */
const forbidden = ['SHIDANG_THROW_AWAY_DATABASE'];
/** Never written down as a value. */
const secret = /PASSWORD|SECRET|PRIVATE_KEY|DATABASE_URL/;

/** Apps are not imported: their config class is found where every app has it. */
export async function variablesOfApp(app: App): Promise<Variables> {
  const found = (await import(fromRoot('apps', app, 'src', `${app}.config`))) as Record<string, new () => object>;
  const config = Object.entries(found).find(([name]) => name.toLowerCase() === `${app}config`)?.[1];
  if (!config) throw new Error(`apps/${app}/src/${app}.config.ts has no ${app} config class`);
  return variablesOf(config);
}

/** What of an environment the app does not know, lacks, or should be given as a file. */
export function environmentFaults(given: Readonly<Record<string, string>>, variables: Variables): string[] {
  const declared = new Set(variables.map(({ name }) => name));
  const nameOf = (key: string) => (declared.has(key) ? key : key.replace(/_FILE$/, ''));
  const names = new Set(Object.keys(given).map(nameOf));
  return [
    ...Object.keys(given)
      .filter((key) => !declared.has(nameOf(key)))
      .map((key) => `${key} is known to no config class`),
    ...Object.keys(given)
      .filter((key) => declared.has(key) && secret.test(key))
      .map((key) => `${key} is a secret: ${key}_FILE`),
    ...forbidden.filter((name) => names.has(name)).map((name) => `${name} is for tests`),
    ...variables.filter(({ name, optional }) => !optional && !names.has(name)).map(({ name }) => `${name} is missing`),
    ...(given['NATS_USER'] === undefined || users.some((user) => user === given['NATS_USER'])
      ? []
      : [`NATS_USER ${given['NATS_USER']} is no user of deploy/nats`]),
  ];
}

/** What a service writes itself and must find again after it was replaced. */
const kept = 'AUDIT_HEADS_FILE';

/** Files named in an environment to be read, below the directory of secrets. */
export const filesOf = (given: Readonly<Record<string, string>>): string[] =>
  Object.entries(given).flatMap(([key, value]) =>
    key.endsWith('_FILE') && key !== kept ? [value.replace(/^\/run\/secrets\//, '')] : [],
  );

/** `volume`: whose storage is mounted at a directory; storage of its own, so that one service cannot change another's. */
export function keptFaults(
  app: App,
  given: Readonly<Record<string, string>>,
  volume: (directory: string) => string | undefined,
): string[] {
  const file = given[kept];
  if (file === undefined) return [];
  return volume(dirname(file)) === `audit-heads-${app}`
    ? []
    : [`${kept} does not outlive the container on a volume of its own`];
}

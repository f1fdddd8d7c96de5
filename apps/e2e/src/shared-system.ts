/** The running system that all scenarios of a run share, and who has logged in to it: token by post `role@organisation`. */
export interface SharedSystem {
  readonly url: string;
  readonly dir: string;
  readonly adminUrl: string;
  /** Where traces of this system arrive (`Collector` of libs/testing). */
  readonly collectorUrl: string;
  /** Of each app, `/live`, `/ready` and `/metrics`. */
  readonly healthUrls: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Record<string, string>>;
}

const variable = 'SHIDANG_E2E_SYSTEM';

export function announceSystem(system: SharedSystem): void {
  process.env[variable] = JSON.stringify(system);
}

export function sharedSystem(): SharedSystem {
  const announced = process.env[variable];
  if (!announced) throw new Error('no system for this run: only *.e2e-spec.ts files may ask for one');
  return JSON.parse(announced) as SharedSystem;
}

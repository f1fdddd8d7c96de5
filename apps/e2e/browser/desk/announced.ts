/** The freshly seeded system that all browser scripts of a run share. */
export interface AnnouncedDesks {
  readonly url: string;
  readonly dir: string;
  readonly adminUrl: string;
  readonly chromium: string;
  /** Where `POST /kill/<app>` ends a process; it comes back by itself. */
  readonly plug: string;
}

const variable = 'SHIDANG_BROWSER_SYSTEM';

export function announceDesks(desks: AnnouncedDesks): void {
  process.env[variable] = JSON.stringify(desks);
}

/** `SHIDANG_BROWSER_SYSTEM` may also name a system you started yourself: `{"url":"http://127.0.0.1:8080","chromium":"/usr/bin/chromium"}`. */
export function announcedDesks(): AnnouncedDesks {
  const announced = process.env[variable];
  if (!announced) throw new Error('no system for this run: only *.browser-spec.ts files may ask for one');
  return JSON.parse(announced) as AnnouncedDesks;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync(join(process.cwd(), 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};

/** Where Node would look from a package upward, and so where npm puts it. */
function placesOf(from: string, name: string): string[] {
  const places = [`node_modules/${name}`];
  for (let at = from; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/'))))
    places.push(`${at}/node_modules/${name}`);
  return places;
}

/** `npm ci` on a fresh clone refuses a lock that lacks a sibling for another machine; here nobody notices, because ours is installed. */
it('the lock has every package that one of its packages may want on some machine', () => {
  const missing = Object.entries(lock.packages).flatMap(([from, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !placesOf(from, name).some((place) => place in lock.packages))
      .map((name) => `${name}, wanted by ${from || 'package.json'}`),
  );
  expect(missing).toEqual([]);
});

import type { Canary } from '../canary/canary';
import type { Rest } from '../canary/places';
import { liesIn } from './leaks';
import type { Violation } from './violation';

/** What may lie there in clear: a name or an employer in the tables of its service, and so in files and WAL beneath. */
const mayLie = (kind: Canary['kind'], rest: Rest): boolean =>
  kind === 'personal' && (rest === 'tables' || rest === 'data files' || rest === 'WAL');

/** D1, D3: canaries that lie where they may not, in any spelling. */
export function atRest(
  { rest, name, bytes }: { readonly rest: Rest; readonly name: string; readonly bytes: Buffer },
  canaries: readonly Canary[],
): Violation[] {
  return canaries
    .filter(({ kind, word }) => !mayLie(kind, rest) && liesIn(bytes, word))
    .map(({ place, word }) => ({ check: 'at-rest', says: `${place} (${word}) lies in ${rest}: ${name}` }));
}

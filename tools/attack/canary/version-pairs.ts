import fc from 'fast-check';
import { ghostId, type KnownIds } from '../api/known-ids';
import { pathOf, type Api, type Operation } from '../api/operations';
import { must } from '../door/must';
import type { Asker } from '../door/asker';
import type { Planted } from './plant';

/** A request about a thing that is somebody else's, with a version of it, and the same about a thing there is not. */
export interface VersionPair {
  readonly says: string;
  readonly method: string;
  readonly id: string;
  readonly pathOf: (id: string) => string;
  readonly etag: string;
  readonly body?: unknown;
}

interface Thing {
  readonly place: string;
  readonly id: string;
  readonly etag: string;
}

const stale = '"0"';

/** What was planted, with the version its owners see. */
async function thingsOf({ insiders, ...planted }: Planted): Promise<Thing[]> {
  const { info, head, county } = insiders;
  const places: readonly (readonly [string, Asker, string, string])[] = [
    ['teacherId', info, '/teachers', planted.teacherIds[0]!],
    ['importId', info, '/imports', planted.importIds[1]!],
    ['caseId', head, '/review-cases', planted.caseId],
    ['changeRequestId', info, '/change-requests', planted.changeRequestId],
    ['reportId', county, '/monthly-reports', planted.reportId],
  ];
  return Promise.all(
    places.map(async ([place, asker, list, id]) => {
      const answer = await asker.ask('GET', `${list}/${id}`);
      must(answer, `the version of ${list}/${id}`);
      return { place, id, etag: String(answer.headers['etag']) };
    }),
  );
}

const isVersioned = (operation: Operation, { place }: Thing): boolean =>
  operation.path.includes(`{${place}}`) && !operation.isStream && !operation.isUpload;

/** Every route that names one of the planted things, asked with its true version and with an old one. */
export async function versionPairs(api: Api, known: KnownIds, planted: Planted, seed: number): Promise<VersionPair[]> {
  const things = await thingsOf(planted);
  return things.flatMap((thing) =>
    api.operations
      .filter((operation) => isVersioned(operation, thing))
      .flatMap((operation) => {
        const { method, name } = operation;
        const [body] = operation.body ? fc.sample(api.value(operation.body)(), { seed, numRuns: 1 }) : [];
        const at = (id: string) =>
          pathOf(operation, (each) => (each === thing.place ? id : (known[each]?.[0] ?? ghostId)));
        return [thing.etag, stale].map((etag) => ({ says: name, method, id: thing.id, pathOf: at, etag, body }));
      }),
  );
}

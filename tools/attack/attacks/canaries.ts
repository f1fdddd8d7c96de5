import { knownIds } from '../api/known-ids';
import { readApi } from '../api/operations';
import type { Attack } from '../attack';
import { Listening } from '../canary/listening';
import { besideNames, plant, school, type Planted } from '../canary/plant';
import { cursorsOf, probesOf } from '../canary/probes';
import { versionPairs } from '../canary/version-pairs';
import type { Violation } from '../check/violation';
import type { Asker } from '../door/asker';
import { inTurns } from '../door/in-turns';

/** None of them has the school below it, and none works there; auditor and operator see no teacher at all. */
const outsideNames = [
  'info@331121',
  'sys@3433110005',
  'info@3433110005',
  'head@3433110005',
  'audit@331100',
  'ops@331100',
];

async function controls(listening: Listening, planted: Planted): Promise<Violation[]> {
  const { insiders, teacherIds, importIds, canaries, changeRequestId, reportId } = planted;
  const [id] = teacherIds;
  for (const teacherId of teacherIds)
    for (const section of ['basic', 'work'])
      await listening.control(insiders.info, `/teachers/${teacherId}/sections/${section}`);
  await listening.control(insiders.info, '/teachers?limit=200');
  await listening.control(insiders.info, `/teachers/${id}/review-marks`);
  await listening.control(insiders.info, `/imports/${importIds[1]}/rows?sheet=${encodeURIComponent('工作经历')}`);
  await listening.control(insiders.info, '/imports?limit=200');
  await listening.control(insiders.head, '/urgings?limit=200&box=received');
  await listening.control(insiders.county, '/urgings?limit=200&box=sent');
  await listening.control(insiders.info, `/change-requests/${changeRequestId}`);
  await listening.control(insiders.county, `/monthly-reports/${reportId}`);
  if (!listening.figures['ETags past the door'])
    listening.violations.push({ check: 'control', says: 'no version was asked for past the door' });
  return canaries
    .filter(({ kind, word }) => kind === 'personal' && !listening.heardByInsiders.has(word))
    .map(({ place }) => ({ check: 'control', says: `${place} is seen by nobody, also not by who may` }));
}

export const canaries: Attack = {
  name: 'canaries',
  says: 'words planted in a school’s records, cases, imports, urgings, changes and its county’s report; strangers ask every route for them, and look for them in every byte (A3)',
  async run(attacking) {
    const planted = await plant(attacking);
    const api = readApi();
    const known = {
      ...(await knownIds(Object.values(planted.insiders) as Asker[])),
      teacherId: planted.teacherIds,
      importId: planted.importIds,
      jobId: planted.importIds,
      caseId: [planted.caseId],
      changeRequestId: [planted.changeRequestId],
      reportId: [planted.reportId],
      code: [school],
      organisation: [school],
    };
    const cursors = await cursorsOf(planted);
    const listening = new Listening(attacking, planted);
    const named = (names: readonly string[]) => attacking.askers.filter(({ loginName }) => names.includes(loginName));
    const askers = [...named(outsideNames), ...named(besideNames)];
    // what would be done is not for this: deletions and decisions of strangers are the scope matrix's
    const asked = api.operations.filter(
      ({ isStream, isUpload, path }) => !isStream && !isUpload && !/sessions|me\/password/.test(path),
    );
    const probes = asked.flatMap((operation) => probesOf(operation, known, planted, cursors));
    await inTurns(askers.flatMap((asker) => probes.map((probe) => () => listening.probe(asker, probe))));
    const streams = ['/me/events', ...planted.importIds.map((id) => `/jobs/${id}/events`)];
    await inTurns(askers.flatMap((asker) => streams.map((path) => () => listening.listen(asker, path))));
    const pairs = await versionPairs(api, known, planted, Number(attacking.seed));
    await inTurns(askers.flatMap((asker) => pairs.map((pair) => () => listening.versioned(asker, pair))));
    const searches = [
      '/teachers?q=…',
      '/teachers.csv?q=…',
      '/accounts?q=…',
      '/organisations?q=…',
      '/audit-events/records?actor=…',
    ];
    for (const asker of named(outsideNames))
      for (const template of searches)
        for (const { word } of planted.canaries.filter(({ place }) => place === 'name' || place === 'document number'))
          await listening.alike(asker, template, word, '饢虋'.repeat(word.length).slice(0, word.length));
    Object.assign(listening.figures, { canaries: planted.canaries.length, askers: askers.length });
    return {
      figures: listening.figures,
      violations: [...listening.violations, ...(await controls(listening, planted))],
    };
  },
};

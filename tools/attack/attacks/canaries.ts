import { request } from 'node:http';
import { knownIds, type KnownIds } from '../api/known-ids';
import { pathOf, readApi, type Operation } from '../api/operations';
import type { Attack, Attacking } from '../attack';
import { plant, school, type Planted } from '../canary/plant';
import { leaks, liesIn, sameness, unpacked } from '../check/leaks';
import type { Violation } from '../check/violation';
import { ask, bodyOf, type Answer, type Asked } from '../door/ask';
import { json, type Asker } from '../door/asker';
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
/** At the school, and a teacher sees himself alone. */
const besideNames = ['t310001@2133110001', 't310003@2133110001'];

interface Probe extends Asked {
  readonly says: string;
  readonly channel: string;
}

const perPlace = 3;

function channelOf({ name, method, path }: Operation, query: string): string {
  if (query.includes('cursor=')) return 'cursor';
  if (query.includes('sort=')) return 'sort';
  if (/[?&](q|name|loginName|actor|object)=/.test(query)) return 'search';
  if (method !== 'GET') return 'error';
  if (/\.(csv|xlsx)/.test(path)) return 'export';
  if (/jobs/.test(path)) return 'job';
  if (/notices|urgings/.test(path)) return 'notice';
  if (/issues|causes|completeness|review-marks/.test(path)) return 'finding';
  if (/counts|statistics|progress|coverage|groups/.test(name)) return 'count';
  return 'list';
}

/** Places of the path filled with what is the school's, and queries that name it, search for it or go on from its pages. */
function probesOf(
  operation: Operation,
  known: KnownIds,
  planted: Planted,
  cursors: readonly string[],
): Omit<Probe, 'headers'>[] {
  const places = operation.parameters.filter((each) => each.in === 'path').map(({ name }) => name);
  const most = Math.max(1, ...places.map((name) => Math.min(perPlace, known[name]?.length ?? 0)));
  const paths = Array.from({ length: most }, (_, index) =>
    pathOf(operation, (name) => encodeURIComponent(known[name]?.[index % (known[name]?.length || 1)] ?? 'basic')),
  );
  const has = (name: string) => operation.parameters.some((each) => each.in === 'query' && each.name === name);
  const words = planted.canaries.map(({ word }) => word.slice(0, -1));
  const queries = [
    '',
    ...(has('organisation') ? [`?organisation=${school}`, '?organisation=331102'] : []),
    ...(has('teacherId') ? planted.teacherIds.map((id) => `?teacherId=${id}`) : []),
    ...(has('object') ? planted.teacherIds.map((id) => `?object=teacher:${id}`) : []),
    ...(has('limit') ? ['?limit=200'] : []),
    ...(has('sort') ? ['?sort=-returned', '?sort=waiting'] : []),
    ...['q', 'name', 'actor', 'loginName']
      .filter(has)
      .flatMap((name) => words.map((word) => `?${name}=${encodeURIComponent(word)}`)),
    ...(has('cursor') ? cursors.map((cursor) => `?cursor=${encodeURIComponent(cursor)}`) : []),
  ];
  const body = operation.body ? bodyFor(planted) : undefined;
  return paths.flatMap((path) =>
    queries.map((query) => ({
      ...json(operation.method, `${path}${query}`, body),
      says: `${operation.method} ${path}${query}`,
      channel: channelOf(operation, query),
    })),
  );
}

/** What a foreign school's ids look like to whatever is written; most of it is refused, and words it with care. */
const bodyFor = ({ teacherIds, importIds }: Planted) => ({
  teacherId: teacherIds[0],
  caseIds: teacherIds,
  accountIds: teacherIds,
  organisation: school,
  organisations: [school],
  importId: importIds[0],
});

/** What a page of somebody who may see it ends with. */
async function cursorsOf({ insiders }: Planted): Promise<string[]> {
  const paths = [
    '/teachers?limit=1',
    '/review-cases?limit=1',
    `/progress/${school}/teachers?limit=1`,
    '/imports?limit=1',
  ];
  const pages = await Promise.all(paths.map(async (path) => bodyOf(await insiders.info.ask('GET', path))['page']));
  return pages.flatMap((page) => (page as { next?: string } | undefined)?.next ?? []);
}

/** Server-sent events for as long as one cares to listen. */
function heard(url: string, asker: Asker, path: string, milliseconds: number): Promise<Answer> {
  return new Promise((settle) => {
    const pieces: Buffer[] = [];
    const asked = request(
      `${url}/api/v1${path}`,
      { headers: { ...asker.who(), accept: 'text/event-stream' } },
      (response) => {
        const end = () => {
          asked.destroy();
          const bytes = Buffer.concat(pieces);
          settle({ status: response.statusCode ?? 0, headers: response.headers, text: bytes.toString(), bytes });
        };
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.once('end', end).once('error', end);
        setTimeout(end, milliseconds);
      },
    );
    asked.once('error', (failure) => settle({ status: 0, headers: {}, text: failure.message }));
    asked.end();
  });
}

class Listening {
  readonly figures: Record<string, number> = { canaries: 0, askers: 0, requests: 0 };
  readonly violations: Violation[] = [];
  readonly heardByInsiders = new Set<string>();

  constructor(
    private readonly attacking: Attacking,
    private readonly planted: Planted,
  ) {}

  async probe(asker: Asker, probe: Omit<Probe, 'headers'> & Pick<Asked, 'headers'>): Promise<void> {
    const answer = await ask(this.attacking.system.url, {
      ...probe,
      headers: { 'if-match': '"1"', ...probe.headers, ...asker.who() },
    });
    this.judge(asker, probe, answer);
  }

  async listen(asker: Asker, path: string): Promise<void> {
    const answer = await heard(this.attacking.system.url, asker, path, 2_500);
    this.judge(asker, { method: 'GET', path, says: `GET ${path}`, channel: 'SSE' }, answer);
  }

  private judge(asker: Asker, probe: Omit<Probe, 'headers'>, answer: Answer): void {
    this.count('requests');
    this.count(probe.channel);
    if (answer.status >= 500 || answer.status === 0)
      this.violations.push({
        check: 'canaries',
        says: `${asker.loginName} ${probe.says}: ${answer.status} ${answer.text.slice(0, 200)}`,
      });
    const found = leaks({ ...probe, says: `${asker.loginName} ${probe.says}` }, answer, this.planted.canaries);
    this.violations.push(...found);
  }

  /** Searching for a word that is there and for one that is nowhere has to end alike. */
  async alike(asker: Asker, template: string, word: string, nonsense: string): Promise<void> {
    const at = (text: string) => asker.ask('GET', template.replace('…', encodeURIComponent(text)));
    const [there, nowhere] = [await at(word), await at(nonsense)];
    this.count('compared');
    if (sameness(there, word) !== sameness(nowhere, nonsense))
      this.violations.push({
        check: 'sameness',
        says: `${asker.loginName} ${template} tells ${word} from a word that is nowhere`,
        asked: there.text.slice(0, 500),
      });
  }

  /** Without this a canary that nobody can see anywhere would prove nothing. */
  async control(asker: Asker, path: string): Promise<void> {
    const { bytes, text } = await asker.ask('GET', path);
    const told = unpacked(bytes ?? Buffer.from(text));
    for (const { word } of this.planted.canaries) if (liesIn(told, word)) this.heardByInsiders.add(word);
  }

  private count(name: string): void {
    this.figures[name] = (this.figures[name] ?? 0) + 1;
  }
}

async function controls(listening: Listening, planted: Planted): Promise<Violation[]> {
  const { insiders, teacherIds, importIds, canaries } = planted;
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
  return canaries
    .filter(({ kind, word }) => kind === 'personal' && !listening.heardByInsiders.has(word))
    .map(({ place }) => ({ check: 'control', says: `${place} is seen by nobody, also not by who may` }));
}

export const canaries: Attack = {
  name: 'canaries',
  says: 'words planted in a school’s records, cases, imports and urgings; strangers ask every route for them, and look for them in every byte (A3)',
  async run(attacking) {
    const planted = await plant(attacking);
    const { operations } = readApi();
    const known = {
      ...(await knownIds(Object.values(planted.insiders) as Asker[])),
      teacherId: planted.teacherIds,
      importId: planted.importIds,
      jobId: planted.importIds,
      code: [school],
      organisation: [school],
    };
    const cursors = await cursorsOf(planted);
    const listening = new Listening(attacking, planted);
    const named = (names: readonly string[]) => attacking.askers.filter(({ loginName }) => names.includes(loginName));
    const askers = [...named(outsideNames), ...named(besideNames)];
    // what would be done is not for this: deletions and decisions of strangers are the scope matrix's
    const asked = operations.filter(
      ({ isStream, isUpload, path }) => !isStream && !isUpload && !/sessions|me\/password/.test(path),
    );
    const probes = asked.flatMap((operation) => probesOf(operation, known, planted, cursors));
    await inTurns(askers.flatMap((asker) => probes.map((probe) => () => listening.probe(asker, probe))));
    const streams = ['/me/events', ...planted.importIds.map((id) => `/jobs/${id}/events`)];
    await inTurns(askers.flatMap((asker) => streams.map((path) => () => listening.listen(asker, path))));
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

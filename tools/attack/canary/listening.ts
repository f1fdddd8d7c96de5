import { request } from 'node:http';
import { ghostId } from '../api/known-ids';
import type { Attacking } from '../attack';
import { leaks, liesIn, sameness, unpacked } from '../check/leaks';
import type { Violation } from '../check/violation';
import { ask, type Answer, type Asked } from '../door/ask';
import type { Asker } from '../door/asker';
import { patiently } from '../door/patiently';
import type { Planted } from './plant';
import type { Probe } from './probes';
import type { VersionPair } from './version-pairs';

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

/** What strangers are told, looked at byte by byte. */
export class Listening {
  readonly figures: Record<string, number> = { canaries: 0, askers: 0, requests: 0 };
  readonly violations: Violation[] = [];
  readonly heardByInsiders = new Set<string>();

  constructor(
    private readonly attacking: Attacking,
    private readonly planted: Planted,
  ) {}

  async probe(asker: Asker, probe: Omit<Probe, 'headers'> & Pick<Asked, 'headers'>): Promise<void> {
    const headers = { 'if-match': '"1"', ...probe.headers, ...asker.who() };
    const answer = await patiently(() => ask(this.attacking.system.url, { ...probe, headers }));
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
    const isAuditor = asker.loginName.startsWith('audit@');
    const canaries = this.planted.canaries.filter(({ audited }) => !(audited && isAuditor));
    const found = leaks({ ...probe, says: `${asker.loginName} ${probe.says}` }, answer, canaries);
    this.violations.push(...found);
  }

  /** Searching for a word that is there and for one that is nowhere has to end alike. */
  async alike(asker: Asker, template: string, word: string, nonsense: string): Promise<void> {
    const at = (text: string) => patiently(() => asker.ask('GET', template.replace('…', encodeURIComponent(text))));
    const [there, nowhere] = [await at(word), await at(nonsense)];
    this.count('compared');
    if (sameness(there, word) !== sameness(nowhere, nonsense))
      this.violations.push({
        check: 'sameness',
        says: `${asker.loginName} ${template} tells ${word} from a word that is nowhere`,
        asked: there.text.slice(0, 500),
      });
  }

  /** Whoever shows the version a foreign thing has, or an old one of it, is told what he is told of a thing that is not. */
  async versioned(asker: Asker, pair: VersionPair): Promise<void> {
    const [there, nowhere] = [await this.shown(asker, pair, pair.id), await this.shown(asker, pair, ghostId)];
    const { says, method, id, etag } = pair;
    this.judge(asker, { says, method, path: pair.pathOf(id), channel: 'ETag' }, there);
    if (nowhere.status === 404) this.count('ETags past the door');
    if (sameness(there, id) !== sameness(nowhere, ghostId))
      this.violations.push({
        check: 'sameness',
        says: `${asker.loginName} ${says} with ${etag} tells ${there.status}, of nothing ${nowhere.status}`,
        asked: `${there.text.slice(0, 500)}\n${nowhere.text.slice(0, 500)}`,
      });
  }

  private shown(asker: Asker, { method, pathOf, etag, body }: VersionPair, id: string): Promise<Answer> {
    const header = method === 'GET' ? 'if-none-match' : 'if-match';
    return patiently(() => asker.ask(method, pathOf(id), body, { [header]: etag }));
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

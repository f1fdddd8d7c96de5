import { asAdmin, Missing } from '@shidang/dev';
import type { ServiceName } from '@shidang/contracts';
import type { BuriedLetter } from '@shidang/persistence';
import { databaseOf } from '../backup/counted-rows';
import { adminUrlOf, done, heldBack, type Asked, type Command, type Outcome } from '../command';
import { reasonOf, serviceNamed, serviceVerb, servicesAsked } from '../service-verb';

type Letter = BuriedLetter & { readonly service: ServiceName };

async function lettersOf(asked: Asked): Promise<Letter[]> {
  const found: Letter[] = [];
  for (const service of servicesAsked(asked)) {
    const { rows } = await asAdmin(databaseOf(adminUrlOf(asked), service), (client) =>
      client.query<BuriedLetter>(
        `select id, durable, subject, message_id, error, deliveries, buried_at, replayed_at from dead_letter
         where replayed_at is null order by id limit 5000`,
      ),
    );
    found.push(...rows.map((row) => ({ ...row, service })));
  }
  return found;
}

const line = ({ service, id, durable, subject, error, buried_at }: Letter): string =>
  `${id}  ${service}  ${durable}  ${subject}  ${buried_at.toISOString()}  ${error.split('\n')[0]?.slice(0, 120)}`;

const list: Command = {
  usage: 'dlq list [--service X]   messages set aside, oldest first',
  options: { service: { type: 'string' } },
  async run(asked): Promise<Outcome> {
    const found = await lettersOf(asked);
    const words = found.length === 0 ? ['nothing is set aside'] : found.map(line);
    return { code: found.length === 0 ? 0 : 1, words, facts: found };
  },
};

/** Of the service's letters those that were named, or all. */
async function chosen(asked: Asked): Promise<Letter[]> {
  const [id, all] = [asked.option('id'), asked.flag('all')];
  if ((id === undefined) === !all) throw new Missing('--id ID or --all');
  const found = await lettersOf(asked);
  const wanted = all ? found : found.filter((letter) => letter.id === id);
  if (!all && wanted.length === 0) throw new Missing(`no message set aside with id ${id}`);
  return wanted;
}

interface Became {
  readonly id: string;
  readonly done: boolean;
  readonly error?: string;
}

async function actOn(asked: Asked, verb: 'replay' | 'drop', ids: readonly string[]): Promise<Became[]> {
  const service = serviceNamed(asked.option('service'));
  const { code, said, complained } = await serviceVerb(asked, service, ['dlq', verb, ...ids]);
  if (ids.length > 1 && said.trim() !== '') return JSON.parse(said) as Became[];
  const error = /Error: (.*)/.exec(complained)?.[1] ?? complained.trim().split('\n')[0];
  return ids.map((id) => (code === 0 ? { id, done: true } : { id, done: false, error }));
}

const acting = (verb: 'replay' | 'drop', usage: string): Command => ({
  usage,
  options: {
    service: { type: 'string' },
    id: { type: 'string' },
    all: { type: 'boolean' },
    reason: { type: 'string' },
  },
  async run(asked): Promise<Outcome> {
    serviceNamed(asked.option('service'));
    reasonOf(asked);
    const letters = await chosen(asked);
    if (letters.length === 0) return done(['nothing is set aside'], []);
    const held = heldBack(asked, [`would ${verb} ${letters.length}:`, ...letters.map(line)], letters);
    if (held && (verb === 'drop' || asked.dryRun)) return held;
    const became = await actOn(
      asked,
      verb,
      letters.map(({ id }) => id),
    );
    const failed = became.filter((one) => !one.done);
    const words = [
      ...failed.map(({ id, error }) => `${id}: ${error}`),
      `${verb}: ${became.length - failed.length} done, ${failed.length} failed`,
    ];
    const code = failed.length === 0 ? 0 : failed.length < became.length ? 4 : 1;
    return { code, words, facts: became };
  },
});

export const deadLetterCommands = {
  'dlq list': list,
  'dlq replay': acting(
    'replay',
    'dlq replay --service X (--id ID | --all) --reason "…"   runs them through their handlers again',
  ),
  'dlq drop': acting('drop', 'dlq drop --service X (--id ID | --all) --reason "…" --yes   gives them up'),
} satisfies Record<string, Command>;

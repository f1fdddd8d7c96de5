import type { Answer } from '../door/ask';
import type { Asker } from '../door/asker';
import { must } from '../door/must';
import type { NewWord } from './canary';

interface Cell {
  key: string;
  kind: string;
  type?: string;
}

const monthsBack = 60;

/** The last month there is no sheet of yet: each planting has one of its own. */
async function opened(county: Asker): Promise<string> {
  const now = new Date();
  for (let back = 0; back < monthsBack; back++) {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7);
    const answer = await county.ask('POST', '/monthly-reports', { month });
    if (answer.status !== 409) return String(must(answer, `opening ${month}`)['id']);
  }
  throw new Error(`the last ${monthsBack} months all have their sheet`);
}

const versionOf = ({ headers }: Answer) => ({ 'if-match': String(headers['etag']) });

/** A county's sheet as it travels in life: typed, submitted, returned by the city with a reason. */
export async function plantMonthlyReport(county: Asker, city: Asker, canary: NewWord): Promise<string> {
  const id = await opened(county);
  const path = `/monthly-reports/${id}`;
  const read = await county.ask('GET', path);
  const { groups } = must(read, 'reading the sheet') as { groups: { cells: Cell[] }[] };
  const typed = groups.flatMap(({ cells }) => cells).filter(({ kind }) => kind === 'typed');
  const valueOf = ({ key, type }: Cell) => {
    if (type === 'text') return canary(`cell ${key} of a monthly report`, 6);
    return type === 'integer' ? 1 : type === 'yesNo' ? true : '2016-12-10';
  };
  const cells = Object.fromEntries(typed.map((cell) => [cell.key, valueOf(cell)]));
  must(await county.ask('PATCH', path, { cells }, versionOf(read)), 'typing the sheet');
  const filled = await county.ask('GET', path);
  must(await county.ask('POST', `${path}/submission`, {}, versionOf(filled)), 'submitting the sheet');
  const seen = await city.ask('GET', path);
  const reason = canary('reason of a returned report', 6, { audited: true });
  must(await city.ask('POST', `${path}/return`, { reason }, versionOf(seen)), 'returning the sheet');
  return id;
}

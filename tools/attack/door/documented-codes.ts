import { ask } from './ask';

/** Codes of refusals that `/docs/refusals` explains. */
export async function documentedCodes(url: string): Promise<ReadonlySet<string>> {
  const { text } = await ask(url, { method: 'GET', path: '/docs/refusals' });
  const codes = [...text.matchAll(/id="([a-z]+\.[a-z_]+)"/g)].map((match) => match[1]!);
  if (codes.length < 50) throw new Error(`/docs/refusals explains ${codes.length} codes only`);
  return new Set(codes);
}

import type { Vault } from '@shidang/persistence';

/** `<authority>-<school>-<day>-<number of the day>`, as `331102-2133001234-20261123-0001`. */
export const receiptOf = (of: { authority: string; school: string; day: string; number: number }): string =>
  [of.authority, of.school, of.day, String(of.number).padStart(4, '0')].join('-');

const china = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** `20261123`: the day in China, wherever the machine stands. */
export const dayOf = (at: Date): string => china.format(at).replaceAll('-', '');

/** One hash over what was handed over: every case with its content, whatever their order. */
export function contentHashOf(
  vault: Pick<Vault, 'contentHash'>,
  cases: readonly { id: string; contentHash: string }[],
): string {
  const lines = cases.map(({ id, contentHash }) => `${id} ${contentHash}`).sort();
  return vault.contentHash(lines.join('\n'));
}

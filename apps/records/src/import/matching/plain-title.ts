import { bareTitle } from '../../template/section-sheet';

const bracketed = /[([{<【〔《「][^)\]}>】〕》」]*[)\]}>】〕》」]/g;
const marks = /[\p{P}\p{S}]/gu;

/** A header without what people write around it: brackets with their content, stars, colons, case, width, spaces. */
export function plainTitle(text: string): string {
  const bare = bareTitle(text).toLowerCase();
  const plain = bare.replace(bracketed, '').replace(marks, '');
  // nothing but a bracket: then its content is the name
  return plain === '' ? bare.replace(marks, '') : plain;
}

const pieces = (text: string): Set<string> => {
  const letters = [...text];
  return new Set([...letters, ...letters.slice(1).map((letter, at) => letters[at]! + letter)]);
};

/** Of two headers where one says all the other says, and more: 手机 and 手机联系方式. */
const contained = 0.6;

/** How much of two headers is the same, 0 to 1: letters and pairs of letters both have, of all they have (Dice). */
export function likeness(one: string, other: string): number {
  const [first, second] = [plainTitle(one), plainTitle(other)];
  const [a, b] = [pieces(first), pieces(second)];
  if (a.size === 0 || b.size === 0) return 0;
  const both = [...a].filter((piece) => b.has(piece)).length;
  const [short, long] = first.length < second.length ? [first, second] : [second, first];
  const isContained = [...short].length >= 2 && long.includes(short);
  return Math.max(isContained ? contained : 0, (2 * both) / (a.size + b.size));
}

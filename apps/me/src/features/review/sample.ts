/** Drawn anew each time, so that nobody knows beforehand who is looked at; at least three, one in ten. */
export function sampleOf<T>(all: readonly T[], random: () => number = Math.random): T[] {
  const size = Math.min(all.length, Math.max(3, Math.ceil(all.length / 10)));
  const left = [...all];
  return Array.from({ length: size }, () => left.splice(Math.floor(random() * left.length), 1)[0]!);
}

/** What processes answer at `/metrics`: the labels of each series by its name; a family without series has none yet. */
export type Exposed = ReadonlyMap<string, ReadonlySet<string>>;

/** On every series: by prom-client's default labels, or by whoever scrapes. */
const everywhere = ['service', 'job', 'instance'];

export function exposedIn(texts: readonly string[]): Exposed {
  const exposed = new Map<string, Set<string>>();
  const of = (name: string) => {
    const labels = exposed.get(name) ?? new Set(everywhere);
    exposed.set(name, labels);
    return labels;
  };
  of('up');
  for (const line of texts.flatMap((text) => text.split('\n'))) {
    const [, family] = /^# TYPE (\w+)/.exec(line) ?? [];
    const [, series, labels = ''] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
    if (family) of(family);
    if (series) for (const [, label] of labels.matchAll(/(\w+)="/g)) of(series).add(label!);
  }
  return exposed;
}

/** What of an expression's metrics and labels nobody exposes. */
export const unknownIn = (
  exposed: Exposed,
  selected: readonly { readonly metric: string; readonly labels: readonly string[] }[],
): string[] =>
  selected.flatMap(({ metric, labels }) => {
    const known = exposed.get(metric);
    if (!known) return [`no metric ${metric}`];
    return labels.filter((label) => !known.has(label)).map((label) => `${metric} has no label ${label}`);
  });

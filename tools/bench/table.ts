import type { Measured } from './lines/line';
import type { Memory } from './processes';

const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [rowOf(head), rowOf(head.map(() => '---')), ...rows.map(rowOf)].join('\n');
}

const rate = (n: number): string => (n >= 100 ? n.toFixed(0) : n.toFixed(1));

/** Every line with the goal and whether it is met; what was refused would make a line worthless and is shown. */
export function table(results: readonly Measured[]): string {
  const head = [
    'operation',
    'ours /s',
    'limit /s',
    'ratio',
    'goal',
    'met',
    'CPU ms',
    'limit',
    'ratio',
    'p50 ms',
    'p95 ms',
    'kB',
  ];
  const rows = results.map((each) => [
    each.line.title + refusedIn(each),
    rate(each.ours),
    rate(each.limit),
    each.ratio.toFixed(2),
    `≥ ${each.line.goal.toFixed(2)}`,
    each.met ? 'yes' : 'no',
    each.cpu.toFixed(2),
    each.limitCpu.toFixed(2),
    each.cpuRatio.toFixed(2),
    each.p50.toFixed(1),
    each.p95.toFixed(1),
    (each.bytes / 1024).toFixed(1),
  ]);
  return markdown(head, rows);
}

/** CPU milliseconds of each process for one answer of ours. */
export function cpuTable(results: readonly Measured[]): string {
  const names = [...new Set(results.flatMap(({ cpuOf }) => Object.keys(cpuOf)))].filter((name) =>
    results.some(({ cpuOf }) => (cpuOf[name] ?? 0) > 0.005),
  );
  const rows = results.map(({ line, cpuOf }) => [line.key, ...names.map((name) => (cpuOf[name] ?? 0).toFixed(2))]);
  return markdown(['CPU ms an answer', ...names], rows);
}

function refusedIn({ refused }: Measured): string {
  const codes = Object.entries(refused).map(([what, n]) => `${n} × ${what}`);
  return codes.length > 0 ? ` (REFUSED ${codes.join(', ')})` : '';
}

/** Idle memory by what runs: processes and their sum. */
export function memoryTable(memory: readonly Memory[]): string {
  const names = [...new Set(memory.map(({ what }) => what))];
  const rows = names.map((name) => {
    const own = memory.filter(({ what }) => what === name);
    return [name, String(own.length), own.reduce((sum, each) => sum + each.megabytes, 0).toFixed(0)];
  });
  const all = memory.reduce((sum, each) => sum + each.megabytes, 0);
  return markdown(['idle', 'processes', 'MB'], [...rows, ['all', String(memory.length), all.toFixed(0)]]);
}

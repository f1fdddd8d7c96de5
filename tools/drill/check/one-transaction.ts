import type { Operation } from '../journal/operation';
import type { AuditRow, FinalState, OutboxRow } from '../state/final-state';
import type { Evidence } from './evidence';
import type { Violation } from './violation';

const check = 'audit';

type Told = (fact: OutboxRow, operation: Operation) => boolean;
const subject =
  (name: string): Told =>
  (fact) =>
    fact.subject === `evt.${name}`;
const ofReport: Told = (fact, { made }) =>
  fact.subject === 'evt.reporting.monthly-report-moved' && fact.payload['reportId'] === made?.['reportId'];

/** Which fact each write tells with its own trace, once. */
const tells: Readonly<Record<string, Told>> = {
  'records.teacher.register': subject('records.teacher-registered'),
  'records.teacher.register-list': subject('records.teachers-registered'),
  'records.submission.submit': subject('records.submission-made'),
  'review.case.decide': subject('review.case-moved'),
  'reporting.monthly-report.open': ofReport,
  'reporting.monthly-report.submit': ofReport,
  'reporting.monthly-report.accept': ofReport,
  'reporting.monthly-report.return': ofReport,
  'reporting.monthly-report.restate': ofReport,
};

/** Undefined where nothing is told for certain, or where only the answer would say about what. */
function factsTold(operation: Operation, evidence: Evidence): number | undefined {
  const told = tells[operation.contract];
  if (!told || (told === ofReport && !operation.made)) return undefined;
  return evidence.told(operation).filter((fact) => told(fact, operation)).length;
}

/** Business rows, audit row, outbox row and stored answer are one transaction (W1): all of them or none. */
export function torn(operations: readonly Operation[], evidence: Evidence): Violation[] {
  return operations.flatMap((operation) => {
    const { op, contract, outcome } = operation;
    const [done, kept] = [evidence.done(operation), evidence.kept(operation)];
    const says = (words: string): Violation => ({ check, op, says: `${contract} (${outcome}): ${words}` });
    const found: Violation[] = [];
    if (outcome === 'ok' && done === 0) found.push(says('acknowledged without a row in the audit'));
    if (outcome === 'ok' && kept === 0) found.push(says('acknowledged without a stored answer'));
    if (outcome === 'refused' && done > 0) found.push(says('refused, but the audit says done'));
    if (outcome === 'unknown' && done > 0 !== kept > 0) found.push(says(`audit ${done}, stored answers ${kept}`));
    const facts = factsTold(operation, evidence);
    if (facts !== undefined && facts !== Math.min(done, 1)) found.push(says(`audit ${done}, facts told ${facts}`));
    return found;
  });
}

/** A refusal of a service leaves a row with its code (T1). Codes of the request and of the door are not the service's. */
export function silentRefusals(operations: readonly Operation[], evidence: Evidence): Violation[] {
  return operations.flatMap((operation) => {
    const { op, contract, outcome, code } = operation;
    if (outcome !== 'refused' || !code?.startsWith(`${contract.split('.')[0]}.`)) return [];
    return evidence.refusals(operation).includes(code)
      ? []
      : [{ check, op, says: `${contract} was refused as ${code} without a row in the audit` }];
  });
}

const entryWrites = new Set(['records.entry.add', 'records.entry.patch', 'records.entry.remove']);

/** The other way round: no row in the audit without its write, no version of a row without its audit. */
export function unaccounted(operations: readonly Operation[], state: FinalState): Violation[] {
  const mine = new Set(operations.flatMap(({ traces, contract }) => traces.map((trace) => `${trace} ${contract}`)));
  const asked = new Set(operations.map(({ contract }) => contract));
  const jobs = /^(records\.import|review\.batch)\./;
  const strange = state.audit.filter(
    ({ what, trace_id, result }: AuditRow) =>
      result === 'done' && asked.has(what) && !jobs.test(what) && !mine.has(`${trace_id} ${what}`),
  );
  const audited = new Map<string, number>();
  for (const { what, result, object } of state.audit)
    if (entryWrites.has(what) && result === 'done' && object) audited.set(object, (audited.get(object) ?? 0) + 1);
  const written = new Map<string, number>();
  for (const { entry_id, section, version, via, fresh } of state.records.entryVersions)
    // who registers a teacher writes the first of his basic facts with him
    if (via === 'screen' && fresh && !(section === 'basic' && version === 1))
      written.set(`entry:${entry_id}`, (written.get(`entry:${entry_id}`) ?? 0) + 1);
  const differing = [...new Set([...audited.keys(), ...written.keys()])].filter(
    (object) => (audited.get(object) ?? 0) !== (written.get(object) ?? 0),
  );
  return [
    ...strange.map(({ what, object }) => ({
      check,
      says: `${what} of ${object} in the audit, and nobody asked for it`,
    })),
    ...differing.map((object) => ({
      check,
      says: `${object}: ${written.get(object) ?? 0} versions written, ${audited.get(object) ?? 0} in the audit`,
    })),
  ];
}

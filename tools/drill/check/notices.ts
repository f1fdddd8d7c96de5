import type { FinalState, OutboxRow, PostRow } from '../state/final-state';
import type { Violation } from './violation';

const check = 'notices';

/** Moves whose turn is told to everybody in a role at a place; the simplest half of who is told, written a second time. */
const toTheTurn: Readonly<Record<string, string>> = {
  'school-review': 'case-awaiting-school',
  'authority-review': 'case-awaiting-authority',
};

interface Move {
  readonly stage: string;
  readonly turnOrgPath?: string;
  readonly turnRole?: string;
  readonly actor?: { readonly accountId: string };
}

function audienceOf({ payload }: OutboxRow, posts: readonly PostRow[]): string[] {
  const { stage, turnOrgPath, turnRole, actor } = payload as unknown as Move;
  if (!toTheTurn[stage]) return [];
  const there = posts.filter(({ org_path, role }) => org_path === turnOrgPath && role === turnRole);
  return [...new Set(there.map(({ account_id }) => account_id))].filter((account) => account !== actor?.accountId);
}

/** Whoever's turn it became was told of it, once, and notices count what was told. */
export function notices({ outbox, notifications }: FinalState): Violation[] {
  const { told, notices: given, posts } = notifications;
  const known = new Set(told.map(({ message_id, account_id }) => `${message_id} ${account_id}`));
  const missed = outbox
    .filter(({ fresh, subject }) => fresh && subject === 'evt.review.case-moved')
    .flatMap((fact) => audienceOf(fact, posts).map((account) => `${fact.id} ${account}`))
    .filter((place) => !known.has(place));
  const truth = new Map<string, number>();
  for (const { account_id, kind } of told)
    truth.set(`${account_id} ${kind}`, (truth.get(`${account_id} ${kind}`) ?? 0) + 1);
  const counted = new Map(
    given.filter(({ kind }) => !kind.startsWith('urging')).map((row) => [`${row.account_id} ${row.kind}`, row.count]),
  );
  const differing = [...new Set([...truth.keys(), ...counted.keys()])].filter(
    (place) => truth.get(place) !== counted.get(place),
  );
  return [
    ...missed.map((place) => ({ check, says: `move and account ${place}: whose turn it became was not told` })),
    ...differing.map((place) => ({
      check,
      says: `account ${place}: told ${truth.get(place) ?? 0} times, notices count ${counted.get(place) ?? 0}`,
    })),
  ];
}

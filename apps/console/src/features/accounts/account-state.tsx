import { formatMoment, formatTime, ToneTag, useWords, type Tone } from '@shidang/web-kit';
import type { components } from '@shidang/client';
import { words } from './words';

export type Account = components['schemas']['AccountView'];
export type AccountState = Account['state'];
export type Role = Account['posts'][number]['role'];

export const accountStates: readonly AccountState[] = [
  'active',
  'waiting',
  'unissued',
  'expired',
  'locked',
  'disabled',
];

const tones: Readonly<Record<AccountState | 'none', Tone>> = {
  active: 'done',
  waiting: 'waiting',
  unissued: 'neutral',
  expired: 'problem',
  locked: 'returned',
  disabled: 'neutral',
  none: 'neutral',
};

export function StateTag({ state }: { readonly state?: AccountState }) {
  const t = useWords(words);
  const known = state ?? 'none';
  return <ToneTag tone={tones[known]}>{t(`state_${known}`)}</ToneTag>;
}

/** The state, and when it changes by itself. */
export function StateOf({ account }: { readonly account: Account }) {
  const t = useWords(words);
  const { state, slipExpiresAt, lockedUntil } = account;
  return (
    <>
      <StateTag state={state} />
      {state === 'waiting' && slipExpiresAt && (
        <div className="accounts-aside">{t('slipUntil', { until: formatMoment(slipExpiresAt) })}</div>
      )}
      {state === 'locked' && lockedUntil && (
        <div className="accounts-aside">{t('lockedUntil', { until: formatTime(lockedUntil) })}</div>
      )}
    </>
  );
}

export const nameOf = ({ name, loginName }: Account): string => name ?? loginName;

/** Where a day chosen ends: in China. */
export const endOfDay = (day: string): string => new Date(`${day}T23:59:59+08:00`).toISOString();

import { faultWords } from '@shidang/bus';
import { Logger } from '@nestjs/common';
import type { RollHeadCounts } from '../head-count/roll-head-counts';
import type { Recount } from './recount';

const log = new Logger('RollUp');

/** Runs now and then until stopped; never twice at a time. */
function repeat(milliseconds: number, what: string, run: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running.then(run).catch((error: unknown) => log.error({ failed: what, fault: faultWords(error).words }));
  }, milliseconds);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

const hourInChina = (now: Date): number => (now.getUTCHours() + 8) % 24;

/** The nightly recount: drift is an error in the log and so an alert, although it has been set right. */
export function everyNight(hour: number, recount: Recount): () => Promise<void> {
  let done = '';
  return repeat(60_000, 'recount', async () => {
    const now = new Date();
    const day = now.toISOString().slice(0, 10);
    if (hourInChina(now) !== hour || done === day) return;
    done = day;
    const drifts = await recount.run();
    if (drifts.length > 0) log.error({ drift: drifts.length, first: drifts[0] });
  });
}

/** What a crash kept from being carried is carried seconds later. */
export const keepRolling = (rolling: RollHeadCounts): (() => Promise<void>) =>
  repeat(5_000, 'head counts', () => rolling.run());

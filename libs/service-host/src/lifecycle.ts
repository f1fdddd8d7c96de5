import { faultWords } from '@shidang/bus';
import type { Logger } from 'pino';

const graceMilliseconds = 20_000;

/**
 * Stops in order on SIGTERM/SIGINT (L3), and when the supervisor that started this process vanishes: its IPC channel
 * closes, so no orphan keeps a port or a database connection.
 */
export function stopGracefully(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const end = (why: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ stopping: why });
    const late = setTimeout(() => {
      logger.error({ stopping: 'not finished in time' });
      process.exit(1);
    }, graceMilliseconds);
    late.unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ stopping: faultWords(error).words });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  if (process.env['SHIDANG_SUPERVISED'] === '1') process.on('disconnect', () => end('supervisor vanished'));
  process.on('uncaughtException', (error) => {
    const { words, frames } = faultWords(error);
    logger.fatal({ fault: words, frames });
    process.exit(1);
  });
  process.on('unhandledRejection', (error) => {
    const { words, frames } = faultWords(error);
    logger.fatal({ fault: words, frames });
    process.exit(1);
  });
}

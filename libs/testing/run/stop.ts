import { endOfRun } from './end-of-run';

/** Jest's global tear-down. */
export default (): Promise<void> => endOfRun.run();

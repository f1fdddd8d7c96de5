import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<string>();

/** Where work stands that has no request: a fact being applied. */
export const currentTrace = (): string | undefined => storage.getStore();
export const inTrace = <T>(traceparent: string, run: () => T): T => storage.run(traceparent, run);

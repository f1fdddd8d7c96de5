import { useSyncExternalStore } from 'react';

/** Something that stands between requests and their answers until somebody has dealt with it. */
export interface Gate {
  readonly open: () => Promise<void>;
  readonly pass: () => void;
  readonly refuse: () => void;
  readonly isOpen: () => boolean;
  readonly subscribe: (tell: () => void) => () => void;
}

/** All who come while the gate is open wait for the one dialog. */
export function gate(): Gate {
  let waiting: { promise: Promise<void>; pass: () => void; refuse: () => void } | undefined;
  const heard = new Set<() => void>();
  const tell = () => heard.forEach((each) => each());
  const close = () => {
    waiting = undefined;
    tell();
  };
  return {
    open: () => {
      if (!waiting) {
        let pass = () => undefined as void;
        let refuse = () => undefined as void;
        const promise = new Promise<void>((done, fail) => {
          pass = done;
          refuse = () => fail(new Error('refused'));
        });
        promise.catch(() => undefined);
        waiting = { promise, pass, refuse };
        tell();
      }
      return waiting.promise;
    },
    pass: () => {
      waiting?.pass();
      close();
    },
    refuse: () => {
      waiting?.refuse();
      close();
    },
    isOpen: () => waiting !== undefined,
    subscribe: (listener) => {
      heard.add(listener);
      return () => heard.delete(listener);
    },
  };
}

export const useGate = ({ subscribe, isOpen }: Gate): boolean => useSyncExternalStore(subscribe, isOpen, isOpen);

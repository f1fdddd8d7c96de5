import { useSyncExternalStore } from 'react';

/** Whether the server answers. `lost`: requests wait and repeat themselves; nobody has to do anything. */
export type Connection = 'up' | 'lost' | 'busy';

let state: Connection = 'up';
let waiting = 0;
const heard = new Set<() => void>();

function become(next: Connection): void {
  if (next === state) return;
  state = next;
  heard.forEach((tell) => tell());
}

/** Called by each request that waits; answers what to call when it no longer does. */
export function waitsFor(reason: 'lost' | 'busy'): () => void {
  waiting += 1;
  become(reason);
  let over = false;
  return () => {
    if (over) return;
    over = true;
    waiting -= 1;
    if (waiting === 0) become('up');
  };
}

const subscribe = (tell: () => void) => {
  heard.add(tell);
  return () => heard.delete(tell);
};

export const useConnection = (): Connection =>
  useSyncExternalStore(
    subscribe,
    () => state,
    () => state,
  );

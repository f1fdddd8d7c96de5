import { sessionKey, sessionOf, sitDown, unproven, type Session } from '@shidang/web-kit';
import { dehydrate, hydrate, type DehydratedState, type QueryClient } from '@tanstack/react-query';
import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import { isPersonalDevice } from './personal-device';

/** What the server answered last, on a device of one's own: the record opens without a connection. Sensitive values are masked in it. */
interface Kept {
  readonly me: Session['me'];
  readonly permissions: Session['permissions'];
  readonly answers: DehydratedState;
  readonly at: number;
}

const key = 'answers';
const keptFor = 14 * 24 * 3600 * 1000;
const pause = 300;

const storeOf = (): UseStore => createStore('shidang-me-answers', 'answers');

/** Puts back what was kept; whoever is logged in now is asked as soon as there is a connection. */
export async function restoreAnswers(queries: QueryClient): Promise<void> {
  if (!isPersonalDevice()) return forgetAnswers();
  try {
    const kept = await get<Kept>(key, storeOf());
    if (!kept || Date.now() - kept.at > keptFor) return;
    hydrate(queries, kept.answers);
    sitDown(kept.me.account.id, kept.me.post.id, unproven);
    queries.setQueryData(sessionKey, sessionOf(kept.me, kept.permissions), { updatedAt: 1 });
  } catch {
    // nothing kept, or a browser that keeps nothing
  }
}

export async function forgetAnswers(): Promise<void> {
  await del(key, storeOf()).catch(() => undefined);
}

/** Kept a moment after an answer, with those that came meanwhile. */
export function keepAnswers(queries: QueryClient): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    const session = queries.getQueryData<Session | null>(sessionKey);
    if (!session || !isPersonalDevice()) return;
    const answers = dehydrate(queries, {
      shouldDehydrateQuery: ({ queryKey, state }) => state.status === 'success' && queryKey[0] !== sessionKey[0],
    });
    const { me, permissions } = session;
    void set(key, { me, permissions, answers, at: Date.now() } satisfies Kept, storeOf()).catch(() => undefined);
  };
  const stop = queries.getQueryCache().subscribe(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      write();
    }, pause);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

import type { Permission } from '@shidang/access';
import { answer, type components, RefusedByServer } from '@shidang/client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useMemo, type ReactNode } from 'react';
import { frankApi } from '../api/api';
import { csrfCookie } from '../api/csrf-cookie';
import { endSession } from './end-session';
import { forgetWork, keepWorkOf } from './kept-work';
import { onStranger, seated, sitDown, standUp } from './seat';

export type Me = components['schemas']['Me'];
export type MyPermissions = components['schemas']['MyPermissions'];
export type Post = Me['post'];

export interface Session {
  readonly me: Me;
  readonly permissions: MyPermissions;
  readonly post: Post;
  /** What the server would allow, by the same table; the server decides all the same. */
  readonly can: (permission: Permission) => boolean;
}

export const sessionKey = ['session'] as const;

export function sessionOf(me: Me, permissions: MyPermissions): Session {
  const may = new Set<string>(permissions.permissions);
  return { me, permissions, post: me.post, can: (permission) => may.has(permission) };
}

/** Who is logged in; null when nobody is. A browser without the proof of a session has none, unless what this device kept says otherwise. */
export async function fetchSession(): Promise<Session | null> {
  const proof = csrfCookie();
  if (proof === undefined && seated() === undefined) return null;
  try {
    const [me, permissions] = await Promise.all([
      answer(frankApi.GET('/api/v1/me')),
      answer(frankApi.GET('/api/v1/me/permissions')),
    ]);
    sitDown(me.account.id, me.post.id, proof);
    keepWorkOf(me.account.id);
    return sessionOf(me, permissions);
  } catch (failure) {
    if (failure instanceof RefusedByServer && failure.problem.status === 401) return null;
    throw failure;
  }
}

/** `retry`: what is asked again before it counts as failed. */
export const useSessionQuery = (retry: number | ((count: number, failure: Error) => boolean) = 3) =>
  useQuery({ queryKey: sessionKey, queryFn: fetchSession, staleTime: 60_000, retry });

const Known = createContext<Session | null>(null);

export const SessionProvider = ({ session, children }: { session: Session; children: ReactNode }) => (
  <Known.Provider value={session}>{children}</Known.Provider>
);

/** Inside the console: somebody is logged in. */
export function useSession(): Session {
  const session = useContext(Known);
  if (!session) throw new Error('useSession outside of SessionProvider');
  return session;
}

export interface Credentials {
  readonly loginName: string;
  readonly password: string;
}

/** Forgets what was read as somebody else and asks who it is now. */
function useStartOver() {
  const queries = useQueryClient();
  return useCallback(async () => {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    // fetched, not only marked: nobody may be looking at it on the log-in page
    await queries.fetchQuery({ queryKey: sessionKey, queryFn: fetchSession, staleTime: 0 });
  }, [queries]);
}

/** Whoever logged in at another tab of this browser is who this tab is of, too, and starts afresh here. Once in an app. */
export function useStrangers(): void {
  const startOver = useStartOver();
  useEffect(() => onStranger(() => void startOver()), [startOver]);
}

/** Log-in, log-out, switching of posts; each forgets what was read as somebody else. */
export function useSessionVerbs() {
  const queries = useQueryClient();
  const startOver = useStartOver();
  return useMemo(
    () => ({
      logIn: async (body: Credentials) => {
        const created = await answer(frankApi.POST('/api/v1/sessions', { body }));
        await startOver();
        return created;
      },
      /** This browser forgets first, whatever the network says; answers whether the server has ended the session. */
      logOut: async (): Promise<boolean> => {
        standUp();
        forgetWork();
        const ended = await endSession();
        // the pages go first: one that is still shown would ask for what is taken away here
        queries.setQueryData(sessionKey, null);
        queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0], type: 'inactive' });
        return ended;
      },
      actAs: async (postId: string) => {
        // what is held back was meant under the post that ends now
        standUp();
        try {
          await answer(frankApi.PUT('/api/v1/sessions/current/post', { body: { postId } }));
        } finally {
          await startOver();
        }
      },
    }),
    [queries, startOver],
  );
}

/**
 * Logs in as the same account and post again, after the session ended under a form. Nothing that was read or typed is thrown away.
 * @throws RefusedByServer as POST /sessions answers.
 */
export async function logInAgain(as: Session, password: string): Promise<void> {
  await answer(frankApi.POST('/api/v1/sessions', { body: { loginName: as.me.account.loginName, password } }));
  const now = await answer(frankApi.GET('/api/v1/me'));
  if (now.post.id !== as.post.id)
    await answer(frankApi.PUT('/api/v1/sessions/current/post', { body: { postId: as.post.id } }));
  // a proof is of a session and its post: should another tab log in meanwhile, the first write is refused and asked about
  sitDown(as.me.account.id, as.post.id, csrfCookie());
}

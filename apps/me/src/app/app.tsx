import { language, RefusedByServer, setLanguage, useLanguage } from '@shidang/web-kit';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Router } from 'wouter';
import { keepAnswers } from './device/kept-answers';
import { Failing } from './failing';
import { Pages } from './pages';

/** Refusals are answers; lost connections are waited for below (`steadyFetch`): nothing is left to retry here. */
export const queryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 5_000, networkMode: 'always' },
      mutations: { retry: false, networkMode: 'always' },
    },
  });

setLanguage(language());

export function App({ queries }: { readonly queries: QueryClient }) {
  const chosen = useLanguage();
  useEffect(() => {
    // What the server said in the other language is read again.
    void queries.invalidateQueries({ predicate: ({ state }) => state.error instanceof RefusedByServer });
  }, [chosen, queries]);
  useEffect(() => keepAnswers(queries), [queries]);
  return (
    <QueryClientProvider client={queries}>
      <Router base="/me">
        <Failing>
          <Pages />
        </Failing>
      </Router>
    </QueryClientProvider>
  );
}

import { KeysProvider, language, RefusedByServer, setLanguage, useLanguage } from '@shidang/web-kit';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { useEffect, useState } from 'react';
import { consoleRouter } from './router';
import { theme } from './theme';

/** Refusals are answers; lost connections are waited for below (`steadyFetch`): nothing is left to retry here. */
const queryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: false, staleTime: 5_000, refetchOnWindowFocus: true },
      mutations: { retry: false, networkMode: 'always' },
    },
  });

setLanguage(language());

export function App() {
  const chosen = useLanguage();
  const [queries] = useState(queryClient);
  const [router] = useState(() => consoleRouter(queries));
  useEffect(() => {
    dayjs.locale(chosen === 'en' ? 'en' : 'zh-cn');
    // What the server said in the other language is read again.
    void queries.invalidateQueries({ predicate: ({ state }) => state.error instanceof RefusedByServer });
  }, [chosen, queries]);
  return (
    <ConfigProvider locale={chosen === 'en' ? enUS : zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <AntApp>
        <QueryClientProvider client={queries}>
          <KeysProvider>
            <RouterProvider router={router} />
          </KeysProvider>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  );
}

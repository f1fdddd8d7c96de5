import { demoAccounts, demoPassword } from '@shidang/seed';
import type { Line } from './line';

export const writes: readonly Line[] = [
  {
    key: 'update',
    title: 'update one field (audit, outbox, idempotency)',
    goal: 0.3,
    statements: 8,
    ours: async ({ drafts }) => ({
      shots: (await drafts()).map(({ teacherId, entryId, etag, by }) => ({
        method: 'PATCH' as const,
        path: `/api/v1/teachers/${teacherId}/sections/basic/entries/${entryId}`,
        headers: { ...by, 'if-match': '"{{etag}}"', 'idempotency-key': '{{key}}' },
        body: ['331121', '331122'].map((nativePlace) => JSON.stringify({ values: { nativePlace } })),
        etag,
      })),
    }),
    limit: async ({ drafts }) => ({
      shots: (await drafts()).map(({ entryId }) => ({
        method: 'POST' as const,
        path: '/update',
        body: ['331121', '331122'].map((value) => JSON.stringify({ entry: entryId, key: '{{key}}', value })),
      })),
    }),
  },
  {
    key: 'login',
    title: 'log-in (argon2id 19 MiB, t=2)',
    goal: 0.8,
    ours: () => ({
      shots: demoAccounts.map(({ account }) => ({
        method: 'POST' as const,
        path: '/api/v1/sessions',
        body: JSON.stringify({ loginName: account, password: demoPassword }),
      })),
    }),
    limit: () => ({
      shots: demoAccounts.map(({ account }) => ({
        method: 'POST' as const,
        path: '/login',
        body: JSON.stringify({ loginName: account, password: demoPassword }),
      })),
    }),
  },
];

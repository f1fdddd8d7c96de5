import { declaredRefusals } from '@shidang/contracts';
import { fault, statusOf } from '../problem/status';
import { escaped, page } from './html';

const row = (code: string, status: number, zh: string, en: string): string =>
  `<tr id="${escaped(code)}"><td><code>${escaped(code)}</code></td><td>${status}</td><td>${escaped(zh)}</td><td lang="en">${escaped(en)}</td></tr>`;

/** What `type` of a problem points at: every code, its status and its sentence. */
export function refusalsPage(): string {
  const rows = [...declaredRefusals]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { kind, zh, en }]) => row(code, statusOf[kind].status, zh, en));
  rows.push(row(fault.code, fault.status, fault.detail.zh, fault.detail.en));
  return page(
    '师档 API：拒绝代码',
    `<p><a href="/docs">← API</a></p>
<h1>拒绝代码 · Refusals</h1>
<table><thead><tr><th>code</th><th>HTTP</th><th>中文</th><th>English</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`,
  );
}

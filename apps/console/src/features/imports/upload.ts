import { answer, steadyRequest } from '@shidang/web-kit';
import type { components } from '@shidang/client';

export type ImportView = components['schemas']['ImportView'];

/** One workbook, once: however often the request is repeated, it is one import. */
export async function uploadWorkbook(file: File): Promise<ImportView> {
  const body = new FormData();
  body.append('file', file, file.name);
  const key = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
  const response = await steadyRequest(
    new Request(new URL('/api/v1/imports', location.origin), {
      method: 'POST',
      body,
      headers: { 'idempotency-key': key },
    }),
  );
  const content: unknown = await response.json().catch(() => undefined);
  const { ok } = response;
  return answer<ImportView>(
    Promise.resolve(ok ? { data: content as ImportView, response } : { error: content, response }),
  );
}

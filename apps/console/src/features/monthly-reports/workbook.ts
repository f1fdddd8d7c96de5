import { answer, steadyRequest } from '@shidang/web-kit';

const nameIn = (disposition: string | null): string | undefined => {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1];
  return encoded && decodeURIComponent(encoded);
};

/** Fetched like every other call, so that a session that ended asks for the log-in instead of saving an error as a file. */
export async function downloadWorkbook(reportId: string, number: number | undefined): Promise<void> {
  const url = `/api/v1/monthly-reports/${reportId}.xlsx${number ? `?number=${number}` : ''}`;
  const response = await steadyRequest(new Request(new URL(url, location.origin)));
  if (!response.ok) await answer(Promise.resolve({ error: await response.json(), response }));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = nameIn(response.headers.get('content-disposition')) ?? `${reportId}.xlsx`;
  link.click();
  URL.revokeObjectURL(link.href);
}

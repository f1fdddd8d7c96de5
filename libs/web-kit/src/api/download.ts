import { answer } from '@shidang/client';
import { steadyRequest } from './api';

const named = (disposition: string | null): string | undefined => {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition ?? '')?.[1];
  return encoded === undefined ? undefined : decodeURIComponent(encoded);
};

/**
 * A file of the API under its own name. Asked as everything else is, so that a lost connection is waited for and a refusal is words on the page instead of a
 * broken file.
 */
export async function download(path: string, fallback: string): Promise<void> {
  const response = await steadyRequest(new Request(new URL(path, location.origin)));
  if (!response.ok) await answer(Promise.resolve({ error: await problemOf(response), response }));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = named(response.headers.get('content-disposition')) ?? fallback;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

const problemOf = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
};

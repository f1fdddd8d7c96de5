import { commonRefusals } from '@shidang/contracts';
import { currentRequest } from './request-context';

/**
 * The caller must have seen the current version (W4): without If-Match 428, with another version 412.
 * `current`: the aggregate's ETag without quotes, as the reply carries it in `etag`.
 */
export function expectVersion(current: string): void {
  const seen = currentRequest()?.ifMatch;
  if (!seen) throw commonRefusals.versionRequired({});
  if (seen.replace(/^W\//, '').replace(/^"|"$/g, '') !== current) throw commonRefusals.stale({ current });
}

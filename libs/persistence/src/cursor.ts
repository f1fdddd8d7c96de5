import { commonRefusals } from '@shidang/contracts';
import type { Vault } from './vault';

/** Which list of which account a cursor continues; part of the seal. */
export interface CursorOwner {
  /** Contract name of the list. */
  list: string;
  accountId: string;
}

const placeOf = (owner: CursorOwner) => ({ table: 'cursor', column: owner.list, row: owner.accountId });

/**
 * Where the next page begins, opaque and tamper-proof: names and ids of the last row do not show in a URL or a log, and
 * a cursor opens only for the account and list it was made for (A3).
 */
export const sealCursor = (vault: Vault, value: unknown, owner: CursorOwner): string =>
  Buffer.from(vault.seal(JSON.stringify(value), placeOf(owner))).toString('base64url');

/** Undefined without a cursor; refuses one that was changed or belongs to somebody else. */
export function openCursor<T>(vault: Vault, cursor: string | undefined, owner: CursorOwner): T | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  try {
    return JSON.parse(vault.open(Buffer.from(cursor, 'base64url').toString(), placeOf(owner))) as T;
  } catch {
    throw commonRefusals.malformed({ fields: 'cursor' }).with([
      {
        field: 'cursor',
        code: 'request.cursor',
        detail: '分页标记无效，请从第一页重新开始',
        detailEn: 'Not a cursor of this list; begin with the first page',
      },
    ]);
  }
}

import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits; what is stored is the hash, so a copy of the table opens no session. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const tokenHash = (token: string): string => createHash('sha256').update(token).digest('hex');

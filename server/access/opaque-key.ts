import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, fit for addresses and headers. */
export function newOpaqueKey(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256: what the database keeps of such a key. Enough for keys that nobody can guess, never for passwords. */
export function hashOfKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { SourceError } from '../connector.js';
import type { VaultKey } from './key.js';

/** What a sealed secret belongs to. It opens nowhere else: not for another connection, name or address. */
export interface Place {
  connectionId: string;
  name: string;
  /** Origin that the secret may be sent to. */
  address: string;
}

export interface Sealed {
  keyId: string;
  nonce: Buffer;
  /** Ciphertext and its tag. */
  sealed: Buffer;
}

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export function seal(key: VaultKey, place: Place, value: string): Sealed {
  const nonce = randomBytes(nonceBytes);
  const box = createCipheriv(cipher, key.bytes, nonce).setAAD(labelOf(place));
  const sealed = Buffer.concat([box.update(value, 'utf8'), box.final(), box.getAuthTag()]);
  return { keyId: key.id, nonce, sealed };
}

/** Throws `SourceError` where the key is another one, or the row was not sealed for this place. */
export function unseal(key: VaultKey, place: Place, { keyId, nonce, sealed }: Sealed): string {
  const remedy = `Give the secret "${place.name}" again, or start with the key it was sealed with.`;
  if (keyId !== key.id) throw new SourceError(`The secret "${place.name}" was sealed with key ${keyId}; this is key ${key.id}. ${remedy}`);
  const box = createDecipheriv(cipher, key.bytes, nonce).setAAD(labelOf(place)).setAuthTag(sealed.subarray(-tagBytes));
  try {
    return Buffer.concat([box.update(sealed.subarray(0, -tagBytes)), box.final()]).toString('utf8');
  } catch (cause) {
    throw new SourceError(`The secret "${place.name}" does not belong to this connection and address, or was changed. ${remedy}`, {
      cause,
    });
  }
}

function labelOf({ connectionId, name, address }: Place): Buffer {
  return Buffer.from(JSON.stringify(['ingest.secret', connectionId, name, address]));
}

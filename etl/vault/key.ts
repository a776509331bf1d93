import { hash, randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../error-code.js';

/** The key that secrets are sealed with. It never reaches the database. `id` says which key it is, and nothing of the key. */
export interface VaultKey {
  id: string;
  bytes: Buffer;
}

const keyBytes = 32;
const fileName = 'secrets.key';

/** Digests of the words that stand in examples and defaults. */
const guessed = new Set(
  ['', 'secret', 'password', 'changeme', 'change-me', 'default', 'admin', 'test', 'throughline'].map((word) => hash('sha256', word)),
);

/** A key of exactly 32 bytes, in hex. Throws where it is not. */
export function keyOf(hex: string, where: string): VaultKey {
  const text = hex.trim();
  if (!/^[0-9a-f]{64}$/i.test(text))
    throw new Error(`${where} is not a key: it must be 64 hexadecimal digits, such as "openssl rand -hex 32" prints.`);
  const bytes = Buffer.from(text, 'hex');
  if (new Set(bytes).size < keyBytes / 4 || isEvenlySpaced(bytes))
    throw new Error(`${where} is too regular to be a key; make one with "openssl rand -hex 32".`);
  if (guessed.has(bytes.toString('hex')))
    throw new Error(`${where} is a key that anybody would try; make one with "openssl rand -hex 32".`);
  return { id: hash('sha256', Buffer.concat([Buffer.from('throughline/key-id/'), bytes])).slice(0, 12), bytes };
}

/**
 * The key of this installation: from `THROUGHLINE_SECRET_KEY` where that is set, else from `secrets.key` in the data directory,
 * which is made at the first call, readable by its owner alone. Throws where others can read it.
 */
export async function readKey(directory: string, fromEnvironment?: string): Promise<VaultKey> {
  if (fromEnvironment !== undefined && fromEnvironment !== '') return keyOf(fromEnvironment, 'THROUGHLINE_SECRET_KEY');
  const path = join(directory, fileName);
  if ((await stat(path).catch(ifMissing)) === null) await makeKey(directory, path);
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new Error(
      `${path} can be read by others (mode ${(mode & 0o777).toString(8)}); run "chmod 600 ${path}", and give the tools new tokens.`,
    );
  }
  return keyOf(await readFile(path, 'utf8'), path);
}

/** Two processes that start together end with one key: the file appears whole, and the first one stays. */
async function makeKey(directory: string, path: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const made = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = await open(made, 'wx', 0o600);
  try {
    await file.writeFile(`${randomBytes(keyBytes).toString('hex')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(made, 0o600);
  await link(made, path).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error;
  });
  await rm(made);
}

/** As 000102…1f. */
function isEvenlySpaced(bytes: Buffer): boolean {
  const steps = bytes.subarray(1).map((byte, n) => byte - (bytes[n] ?? 0));
  return new Set(steps).size === 1;
}

function ifMissing(error: unknown): null {
  if (hasCode(error, 'ENOENT')) return null;
  throw error;
}

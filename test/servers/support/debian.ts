import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A tool that runs, or the reason why it cannot here. */
export type Started<Server> = { server: Server } | { reason: string };

/** Installs Debian's packages where they are missing. Null, or the reason why that is not possible. */
export function install(packages: readonly string[]): string | null {
  if (process.getuid?.() !== 0) return 'Only root can install the packages and start the servers under their own account.';
  if (packages.every(isInstalled)) return null;
  if (spawnSync('apt-get', ['--version']).error) return `${packages.join(', ')} come as Debian packages, and there is no apt-get here.`;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const step of [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', ...packages],
  ]) {
    const done = spawnSync('apt-get', step, { env, encoding: 'utf8' });
    if (done.status !== 0) return `apt-get ${step[0]} failed: ${done.stderr.trim().split('\n').at(-1) ?? 'no word why'}`;
  }
  return packages.every(isInstalled) ? null : `apt-get installed ${packages.join(', ')}, but not all of them are there.`;
}

function isInstalled(name: string): boolean {
  const found = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' });
  return found.stdout?.trim() === 'installed';
}

/** Runs a command as the account of web servers and gives what it prints. */
export function runAs(account: string, command: readonly string[], options: { cwd?: string; input?: string } = {}): string {
  const done = spawnSync('runuser', ['-u', account, '--', ...command], { encoding: 'utf8', ...options });
  if (done.status !== 0) throw new Error(`${command.join(' ')} failed: ${done.stderr || String(done.error)}`);
  return done.stdout;
}

/** A server of ours, ended with `stop`. Resolves when it answers. */
export async function serve(
  account: string,
  command: readonly string[],
  address: string,
  cwd: string,
): Promise<{ stop: () => Promise<void> }> {
  const child = spawn('runuser', ['-u', account, '--', ...command], { cwd, stdio: 'ignore', detached: true });
  const stop = () => ended(child);
  for (let tries = 0; tries < 240; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${command.join(' ')} ended with ${child.exitCode} before it answered.`);
    const answer = await fetch(address).catch(() => null);
    if (answer) return { stop };
    await pause(500);
  }
  await stop();
  throw new Error(`${address} does not answer after two minutes.`);
}

/** Its whole process group: `runuser` starts the server as a child. */
function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.pid === undefined) return resolve();
    child.once('exit', () => resolve());
    process.kill(-child.pid, 'SIGTERM');
  });
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

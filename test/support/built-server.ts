import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from './import-directions.js';

export interface RunningServer {
  process: ChildProcess;
  /** As printed on the line that says it is ready. */
  address: string;
  /** Everything printed so far. */
  output: () => string;
  /** Of the server itself, not of the script that started it. */
  pid: () => number;
  /** Sends the signal to the script and waits for its end. Gives the exit code. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

const readyLine = /Throughline is ready: (http:\S+)/;

/** A directory a first start can use; others may pass through it, as through a home on most machines. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'throughline-start-'));
  await chmod(directory, 0o755);
  return directory;
}

export async function removeDirectory(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}

/** Starts the built server as `npm start` does and waits until it is ready; where a source was changed it is built first. */
export async function startServer(environment: Record<string, string>, readyWithinMs = 1_200_000): Promise<RunningServer> {
  const child = spawnCommand(['start'], environment);
  let output = '';
  const address = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGTERM');
      reject(new Error(`Not ready within ${readyWithinMs} ms:\n${output}`));
    }, readyWithinMs);
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      const ready = readyLine.exec(output);
      if (!ready?.[1]) return;
      clearTimeout(timer);
      resolve(ready[1]);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`Ended with ${code} before it was ready:\n${output}`));
    });
  });
  return {
    process: child,
    address,
    output: () => output,
    pid: () => Number(readFileSync(join(environment['DATA_DIR'] ?? '', 'server.pid'), 'utf8')),
    stop: async (signal = 'SIGINT') => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      return ended(child);
    },
  };
}

/** What keeps a server from being ready, but for the disk of the machine that runs the tests, which may be full. */
export function besidesDisk(reasons: readonly string[]): string[] {
  return reasons.filter((reason) => !reason.includes('of the disk is free'));
}

/** Lines of a build, which happens when a source was changed since the last one. */
const buildLine = /^(building|built|waiting for another command).*\n/gm;

/** Runs a command of `scripts/run.mjs` to its end. What a build before it says is left out. */
export async function runCommand(command: string[], environment: Record<string, string>): Promise<Ended> {
  const child = spawnCommand(command, environment);
  const told = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk: Buffer) => (told.stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (told.stderr += chunk.toString()));
  const code = await ended(child);
  return { code, stdout: told.stdout, stderr: told.stderr.replace(buildLine, '') };
}

export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve));
}

/**
 * A port to listen on a little later. Below those that a system gives to whoever asks for any, as each connection does: one of those may
 * be taken by then.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(20_000, 32_000);
  return (await isFree(port)) ? port : freePort();
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function spawnCommand(command: string[], environment: Record<string, string>): ChildProcess {
  const {
    DATABASE_URL: _url,
    DATA_DIR: _directory,
    PORT: _port,
    HOST: _host,
    npm_lifecycle_event: _event,
    INIT_CWD: _cwd,
    ...inherited
  } = process.env;
  return spawn(process.execPath, [join(repositoryRoot, 'scripts', 'run.mjs'), ...command], {
    cwd: repositoryRoot,
    env: { ...inherited, THROUGHLINE_SIGN_IN: 'off', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

import { type ChildProcess, spawn } from 'node:child_process';
import { chown, mkdir, open, readFile, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '#etl/error-code.js';
import { StartError } from '../start-error.js';
import type { Account } from './account.js';
import type { Binaries } from './binaries.js';
import { isRunningPostgres } from './processes.js';

/** Larger than any process number an operating system gives. */
const noProcess = 2_147_483_646;

/** Backends end within seconds of their postmaster. */
const orphanWaitMs = 10_000;

/** A port that was free a moment ago may belong to somebody's connection by the time it is listened on. */
const mostPorts = 5;

/** The PostgreSQL of one directory: making it, starting it, stopping it. Callers hold the life-cycle lock. */
export class Postmaster {
  constructor(
    readonly directory: string,
    private readonly binaries: Binaries,
    private readonly account: Account | null,
    /** Lines for its configuration, after ours. */
    private readonly furtherSettings = '',
    private readonly somePort = freePort,
  ) {}

  /** Makes the files, in a directory beside that gets its name when it is complete. */
  async create(password: string): Promise<void> {
    const unfinished = `${this.directory}.unfinished`;
    const passwordFile = `${this.directory}.password`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { mode: 0o700 });
    await this.give(unfinished);
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    await this.give(passwordFile);
    try {
      await this.run(this.binaries.initdb, [
        '--pgdata', unfinished, '--username', 'throughline', '--pwfile', passwordFile, '--auth', 'scram-sha-256',
        '--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8',
      ]); // prettier-ignore
    } finally {
      await rm(passwordFile, { force: true });
    }
    const main = await open(join(unfinished, 'postgresql.conf'), 'a');
    await main.appendFile("\ninclude_if_exists = 'throughline.conf'\n");
    await main.close();
    await rename(unfinished, this.directory);
  }

  /** Major version of the files; null where there are none. */
  async version(): Promise<string | null> {
    const text = await readIfThere(join(this.directory, 'PG_VERSION'));
    return text?.trim() ?? null;
  }

  /** The running server as its own file tells it; null when there is none, or the file is left over from a crash. */
  async running(): Promise<{ pid: number; port: number } | null> {
    for (;;) {
      const text = await readIfThere(join(this.directory, 'postmaster.pid'));
      const [pid, , , port] = (text ?? '').split('\n').map(Number);
      if (!pid || !isRunningPostgres(pid)) return null;
      if (port) return { pid, port };
      // It writes its port a moment after its number.
      await pause(50);
    }
  }

  /** Starts it on its last port if that is free, else on another. */
  async start(lastPort: number | null): Promise<number> {
    let port = lastPort !== null && (await isFree(lastPort)) ? lastPort : await this.somePort();
    const deadline = performance.now() + orphanWaitMs;
    for (let ports = 1; ;) {
      await this.configure(port);
      await this.disownStalePid();
      const failure = await this.tryStart();
      if (failure === null) return port;
      if (failure.includes('pre-existing shared memory block') && performance.now() < deadline) {
        await pause(200);
      } else if (ports < mostPorts && !(await isFree(port))) {
        port = await this.somePort();
        ports += 1;
      } else throw new StartError(`The embedded database in ${this.directory} did not start: ${failure}`);
    }
  }

  private async configure(port: number): Promise<void> {
    const settings = join(this.directory, 'throughline.conf');
    await writeFile(settings, (await settingsFor(port)) + this.furtherSettings, { mode: 0o600 });
    await this.give(settings);
  }

  private async tryStart(): Promise<string | null> {
    const log = join(this.directory, 'start.log');
    await rm(log, { force: true });
    try {
      await this.run(this.binaries.pgCtl, ['start', '--pgdata', this.directory, '--log', log, '--wait', '--timeout', '120']);
      return null;
    } catch (error) {
      const told = ((await readIfThere(log)) ?? '').split('\n').findLast((line) => /FATAL|PANIC/.test(line));
      return told ?? reasonOf(error);
    }
  }

  /** Waits until clients are cut off and everything is on disk. */
  async stop(): Promise<void> {
    const stop = (mode: string): Promise<void> =>
      this.run(this.binaries.pgCtl, ['stop', '--pgdata', this.directory, '--mode', mode, '--wait', '--timeout', '30']);
    if ((await this.running()) === null) return;
    await stop('fast').catch(() => stop('immediate'));
  }

  /**
   * PostgreSQL refuses to start while the number in a left-over file is any process's, be it another program's or that of an
   * ended one nobody waited for. The number is replaced, not the file removed: its other lines let PostgreSQL find orphaned backends.
   */
  private async disownStalePid(): Promise<void> {
    const file = join(this.directory, 'postmaster.pid');
    const text = await readIfThere(file);
    if (text !== null && (await this.running()) === null) await writeFile(file, text.replace(/^\d+/, String(noProcess)));
  }

  private async give(path: string): Promise<void> {
    if (this.account) await chown(path, this.account.uid, this.account.gid);
  }

  private run(program: string, options: string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const child: ChildProcess = spawn(program, options, {
        ...(this.account ? { uid: this.account.uid, gid: this.account.gid } : {}),
        cwd: dirname(this.directory),
        // A process group of its own: Ctrl-C is for us, we then stop the database in order.
        detached: process.platform !== 'win32',
        env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], LC_ALL: 'C', TZ: 'UTC' },
        stdio: ['ignore', 'ignore', 'pipe'],
        windowsHide: true,
      });
      let told = '';
      child.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
      child.on('error', reject);
      child.on('exit', (code) => {
        child.stderr?.destroy();
        if (code === 0) resolve();
        else reject(new StartError(`${program} ended with ${code}: ${told.trim().split('\n').at(-1) ?? ''}`));
      });
    });
  }
}

/**
 * For a small machine that does other things too. Commits wait for the disk: losing a page of a sync would be repaired by the
 * checkpoint, losing what a user typed would not. `wal_level = minimal` spares the log of bulk loads; nobody replicates from here.
 */
async function settingsFor(port: number): Promise<string> {
  return `listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = ''
max_connections = 60
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 32MB
maintenance_work_mem = 128MB
dynamic_shared_memory_type = ${await sharedMemory()}
wal_level = minimal
max_wal_senders = 0
max_wal_size = 2GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_destination = 'stderr'
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_truncate_on_rotation = on
log_rotation_age = 1d
log_rotation_size = 0
`;
}

/** Containers often have 64 MB of /dev/shm, which one parallel hash join fills. */
async function sharedMemory(): Promise<'posix' | 'mmap' | 'windows'> {
  if (process.platform === 'win32') return 'windows';
  if (process.platform !== 'linux') return 'posix';
  const room = await statfs('/dev/shm').catch(() => null);
  return room !== null && room.blocks * room.bsize >= 512 * 1024 * 1024 ? 'posix' : 'mmap';
}

async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new StartError(`${path} cannot be read (${error.code}); start as the user that owns it.`, { cause: error });
  });
}

function freePort(): Promise<number> {
  return listenOnce(0);
}

function isFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

function listenOnce(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : wanted));
    });
  });
}

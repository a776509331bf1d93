import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DuckDBDecimalValue, DuckDBInstance, DuckDBTimestampTZValue, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import { refreshCopy } from './columnar-copy.js';
import { heldRelations, heldSchema } from './columnar-held.js';
import type { EngineOptions, EngineRow, EngineValue, MetricEngine } from './engine.js';
import { gate } from './gate.js';

/** The sort of a year of handoffs fits; what does not goes to disk. */
const memoryLimit = '1GB';

/** What is held no more goes back to the system by itself, also while nobody asks: else it stays at the peak of the last statement. */
const givesMemoryBack = { allocator_background_threads: 'true' };

/**
 * A change of 1,000 items logs some 5 MB. At DuckDB's own 16 MB every third change would wait for the log to be worked into the file;
 * more than this would take seconds to read again after a crash.
 */
const logUpTo = '128MB';

const breakOffEveryMs = 20;

/** A statement keeps all processors and one of the four threads of this process; the fourth is for what is known already. */
const mostStatements = 3;

/** Files this process has open: the lock on a file keeps out other processes only. */
const openFiles = new Set<string>();

/**
 * Answers from the columnar copy, in this process. Null where the copy is open elsewhere. A copy that is damaged or of a newer
 * DuckDB is thrown away and made anew: it holds nothing that Postgres does not.
 */
export async function openDuckdbEngine({ pool, directory }: EngineOptions): Promise<MetricEngine | null> {
  const travel = resolve(directory, 'facts-copy');
  await mkdir(travel, { recursive: true, mode: 0o700 });
  const file = resolve(directory, 'facts.duckdb');
  if (openFiles.has(file)) return null;
  openFiles.add(file);
  try {
    const copy = await openAndRefresh(file, travel, pool).catch(async (cause: unknown) => {
      if (!isOfDuckdb(cause) || isLocked(cause)) throw cause;
      await removeFile(file);
      return openAndRefresh(file, travel, pool);
    });
    return engineOver(pool, copy, travel, () => openFiles.delete(file));
  } catch (error) {
    openFiles.delete(file);
    if (isLocked(error)) return null;
    throw error;
  }
}

async function openAndRefresh(file: string, travel: string, pool: EngineOptions['pool']): Promise<Copy & { version: number }> {
  const copy = await openCopy(file, travel);
  try {
    return { ...copy, version: await refreshCopy(pool, copy.writer, travel) };
  } catch (error) {
    await copy.close();
    throw error;
  }
}

function engineOver(pool: EngineOptions['pool'], copy: Copy & { version: number }, travel: string, closed: () => void): MetricEngine {
  // Nobody else writes the file, so the version need not be asked for behind statements that take long.
  let { version } = copy;
  let last: Promise<unknown> = Promise.resolve();
  const pass = gate(mostStatements);
  const run = (sql: string, parameters: readonly string[] = []) =>
    pass(() => copy.read((connection) => connection.run(sql, [...parameters])));
  const held = heldRelations((relation) => run(`drop table if exists ${relation}`));
  const query: MetricEngine['query'] = (sql, parameters = [], signal) =>
    held.reading(sql, () =>
      pass(() => copy.read((connection) => brokenOff(connection, signal, () => answers(connection, sql, parameters)))),
    );
  let names = new Map<string, Promise<EngineRow[]>>();
  const refreshed = async () => {
    version = await refreshCopy(pool, copy.writer, travel);
    names = new Map();
    return { version };
  };
  return {
    name: 'duckdb',
    query,
    queryNames: (sql) =>
      copy.whileOpen(() => {
        const known = names;
        const answer = known.get(sql) ?? query(sql);
        known.set(sql, answer);
        return answer.catch((error: unknown) => {
          known.delete(sql);
          throw error;
        });
      }),
    hold: (sql, parameters, further = []) =>
      held.add(async (relation) => {
        await run(`create table ${relation} as ${sql}`, parameters);
        for await (const part of further) await run(`insert into ${relation} ${part.sql}`, part.parameters);
        await packHeld(run);
      }),
    refresh() {
      const next = last.catch(() => undefined).then(refreshed);
      last = next;
      return next;
    },
    version: () => copy.whileOpen(async () => version),
    async close() {
      await last.catch(() => undefined);
      await copy.close();
      closed();
    },
  };
}

/** What is held takes a quarter of the memory once it is packed. Where another relation is just being made, all are when that is there. */
async function packHeld(run: (sql: string) => Promise<unknown>): Promise<void> {
  await run(`checkpoint ${heldSchema}`).catch((cause: unknown) => {
    if (!(cause instanceof Error && /other write transactions/i.test(cause.message))) throw cause;
  });
}

interface Copy {
  writer: DuckDBConnection;
  read<Answer>(action: (connection: DuckDBConnection) => Promise<Answer>): Promise<Answer>;
  /** Throws once it is closed. */
  whileOpen<Answer>(action: () => Promise<Answer>): Promise<Answer>;
  /** Breaks off what is asked and waits for its end: a connection in use cannot be closed. */
  close(): Promise<void>;
}

/** A statement has a connection to itself; connections are kept for the next one. */
async function openCopy(file: string, travel: string): Promise<Copy> {
  const instance = await DuckDBInstance.create(file, {
    memory_limit: memoryLimit,
    checkpoint_threshold: logUpTo,
    temp_directory: join(travel, 'spill'),
    ...givesMemoryBack,
  });
  const all: DuckDBConnection[] = [];
  const idle: DuckDBConnection[] = [];
  const connect = async () => {
    const connection = await instance.connect();
    all.push(connection);
    return connection;
  };
  const running = new Set<Promise<unknown>>();
  let isClosed = false;
  const close = async () => {
    isClosed = true;
    const breakingOff = breakOff(() => all);
    await Promise.allSettled(running);
    clearInterval(breakingOff);
    for (const connection of all) connection.closeSync();
    instance.closeSync();
  };
  try {
    const writer = await connect();
    await writer.run("set global TimeZone = 'UTC'");
    await writer.run(`attach ':memory:' as ${heldSchema} (compress)`);
    await writer.run(`set global allowed_directories = ['${travel.replaceAll("'", "''")}']`);
    // Of lists that come as parameters it knows no length, and guesses orders that are slower than the written one.
    await writer.run("set global disabled_optimizers = 'join_order'");
    await writer.run('set global enable_external_access = false');
    await writer.run('set global lock_configuration = true');
    const whileOpen = async <Answer>(action: () => Promise<Answer>): Promise<Answer> => {
      if (isClosed) throw new Error('The columnar copy is closed; it answers nothing more.');
      return action();
    };
    return {
      writer,
      whileOpen,
      read: (action) =>
        whileOpen(async () => {
          const connection = idle.pop() ?? (await connect());
          const answer = action(connection).finally(() => idle.push(connection));
          running.add(answer);
          return answer.finally(() => running.delete(answer));
        }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Again and again: a statement that is only being prepared does not hear it. */
function breakOff(connections: () => readonly DuckDBConnection[]): NodeJS.Timeout {
  return setInterval(() => connections().forEach((connection) => connection.interrupt()), breakOffEveryMs);
}

/** Breaks the action off when the signal tells so; then throws its reason. */
async function brokenOff<Answer>(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
  action: () => Promise<Answer>,
): Promise<Answer> {
  signal?.throwIfAborted();
  let breakingOff: NodeJS.Timeout | undefined;
  const leave = () => (breakingOff = breakOff(() => [connection]));
  signal?.addEventListener('abort', leave);
  try {
    return await action();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', leave);
    clearInterval(breakingOff);
  }
}

async function answers(connection: DuckDBConnection, sql: string, parameters: readonly string[]): Promise<EngineRow[]> {
  const result = await connection.run(sql, [...parameters]);
  const rows: EngineRow[] = [];
  // A chunk at a time: what else waits has its turn in between, and only the rows are kept.
  for await (const some of result.yieldConvertedRowObjects(plainValue)) for (const row of some) rows.push(row);
  return rows;
}

/** Numbers as numbers, instants as ISO text, everything else as text: the only place that knows DuckDB's values. */
function plainValue(value: DuckDBValue): EngineValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBTimestampTZValue) return isoInstant(value);
  return String(value);
}

function isoInstant(value: DuckDBTimestampTZValue): string {
  if (value.micros === DuckDBTimestampTZValue.PosInf.micros) return 'infinity';
  if (value.micros === DuckDBTimestampTZValue.NegInf.micros) return '-infinity';
  return new Date(Number(value.micros / 1_000n)).toISOString();
}

async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true });
  await rm(`${file}.wal`, { force: true });
}

/** Errors of Postgres and of the system carry a code. */
function isOfDuckdb(error: unknown): boolean {
  return error instanceof Error && !('code' in error);
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && /could not set lock|conflicting lock|being used by another process/i.test(error.message);
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { afterAll } from 'vitest';
import { AccessGuard } from '#server/access/access.guard.js';
import { AppModule } from '#server/app.module.js';
import { readConfig } from '#server/config.js';
import { listen } from '#server/http/listen.js';
import { openMetricEngine } from '#server/metrics/open-engine.js';
import { readPageFiles, type PageFiles } from '#server/page/page-files.js';
import { silentStep } from '#server/console.js';
import { openDatabase } from '#server/database/open.js';
import { removeDirectory, temporaryDirectory } from '../support/built-server.js';
import type { TestDatabase } from '../support/database.js';

/** What one request set off. */
export interface Trace {
  /** Statements that were sent because of it, those of the guard left out: it must look up who asks before anything else. */
  statements: string[];
  /** A schema refused a value of it. */
  isRefusedBySchema: boolean;
  isGuarding: boolean;
}

const traces = new AsyncLocalStorage<Trace>();

export interface WholeServer {
  app: NestFastifyApplication;
  address: string;
  directory: string;
  /** Asks and tells what it set off. */
  traced<T>(work: () => Promise<T>): Promise<{ answer: T; trace: Trace }>;
}

/**
 * The server as `main.ts` builds it, over a test database, with every statement counted and a page of two files unless the built one is
 * given. Sign-in is off unless said otherwise.
 */
export async function wholeServer({ url }: TestDatabase, environment: Record<string, string> = {}, page?: PageFiles): Promise<WholeServer> {
  watch();
  const directory = await temporaryDirectory();
  const files = page ?? (await smallPage(join(directory, 'page')));
  const config = readConfig({ DATABASE_URL: url, DATA_DIR: directory, PORT: '0', THROUGHLINE_SIGN_IN: 'off', ...environment });
  const database = await openDatabase(config, silentStep);
  const engine = await openMetricEngine({ pool: database.pool, directory: config.metricDirectory, engine: 'duckdb' });
  const query = engine.query.bind(engine);
  engine.query = (sql, parameters) => {
    count(sql);
    return query(sql, parameters);
  };
  const { app, address } = await listen(AppModule.with({ config, database, engine }, files), files, config);
  afterAll(async () => {
    await app.close();
    await engine.close();
    await database.close();
    await removeDirectory(directory);
  });
  return {
    app,
    address,
    directory,
    async traced(work) {
      const trace: Trace = { statements: [], isRefusedBySchema: false, isGuarding: false };
      return { answer: await traces.run(trace, work), trace };
    },
  };
}

async function smallPage(directory: string): Promise<PageFiles> {
  await mkdir(join(directory, '_app', 'immutable'), { recursive: true });
  await writeFile(join(directory, 'index.html'), '<!doctype html><title>page</title><script>start()</script>');
  await writeFile(join(directory, '_app', 'immutable', 'start.abc.js'), 'export {};');
  return readPageFiles(directory);
}

function count(statement: unknown): void {
  const trace = traces.getStore();
  if (trace === undefined || trace.isGuarding) return;
  trace.statements.push(typeof statement === 'string' ? statement : ((statement as { text?: string } | null)?.text ?? 'a statement'));
}

let isWatched = false;

/** Every pool of this process, the guard and the schemas tell what they do. */
function watch(): void {
  if (isWatched) return;
  isWatched = true;
  const { query, connect } = pg.Pool.prototype;
  const counted = new WeakSet<pg.ClientBase>();
  pg.Pool.prototype.query = function (this: pg.Pool, ...told: unknown[]) {
    count(told[0]);
    return Reflect.apply(query, this, told) as never;
  };
  // A pool connects with a callback for its own questions, which are counted above.
  pg.Pool.prototype.connect = function (this: pg.Pool, ...told: unknown[]) {
    if (told.length > 0) return Reflect.apply(connect, this, told) as never;
    return (Reflect.apply(connect, this, []) as Promise<pg.PoolClient>).then((client) => {
      if (!counted.has(client)) {
        counted.add(client);
        const ask = client.query.bind(client) as (...all: unknown[]) => unknown;
        client.query = ((...all: unknown[]) => {
          count(all[0]);
          return ask(...all);
        }) as typeof client.query;
      }
      return client;
    }) as never;
  };
  const { canActivate } = AccessGuard.prototype;
  AccessGuard.prototype.canActivate = async function (this: AccessGuard, context) {
    const trace = traces.getStore();
    if (trace) trace.isGuarding = true;
    try {
      return await canActivate.call(this, context);
    } finally {
      if (trace) trace.isGuarding = false;
    }
  };
  const { transform } = StandardSchemaValidationPipe.prototype;
  function traced(this: StandardSchemaValidationPipe, ...told: Parameters<typeof transform>): Promise<unknown> {
    return transform.apply(this, told).catch((error: unknown) => {
      const trace = traces.getStore();
      if (trace) trace.isRefusedBySchema = true;
      throw error;
    });
  }
  StandardSchemaValidationPipe.prototype.transform = traced as typeof transform;
}

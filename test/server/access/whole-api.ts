import 'reflect-metadata';
import { Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll } from 'vitest';
import type { Role, Scope } from '#server/access/principal.js';
import { openSession } from '#server/access/sessions.js';
import { features } from '#server/app.module.js';
import { readConfig } from '#server/config.js';
import { DatabaseModule } from '#server/database/database.module.js';
import { ErrorFilter } from '#server/http/error.filter.js';
import { PlainValuesPipe } from '#server/http/plain-values.pipe.js';
import { guardEveryRequest, trustProxy } from '#server/http/security.js';
import type { MetricEngine } from '#server/metrics/engine.js';
import { openMetricEngine } from '#server/metrics/open-engine.js';
import { MetricsModule } from '#server/metrics/metrics.module.js';
import { OpenApiModule } from '#server/openapi/openapi.module.js';
import { silentStep } from '#server/console.js';
import { openDatabase } from '#server/database/open.js';
import { removeDirectory, temporaryDirectory } from '../../support/built-server.js';
import type { TestDatabase } from '../../support/database.js';

/** Everything that has routes of the API. */
export const apis = [...features, OpenApiModule.with(features)];

export interface WholeApi {
  app: NestFastifyApplication;
  engine: MetricEngine;
  /** As the page of whoever has the session asks. */
  ask(session: string, method: string, path: string, body?: unknown): Promise<{ status: number; text: string }>;
  /** The body of an answer that must be 200. The caller says its shape. */
  json<Body>(session: string, path: string): Promise<Body>;
  account(name: string, role: Role, more?: { scope?: Scope | null; seesNames?: boolean }): Promise<{ id: string; session: string }>;
}

/** The whole API over a test database, with sign-in, without the page and without what happens by the clock. */
export async function wholeApi({ pool, url }: TestDatabase, environment: Record<string, string> = {}): Promise<WholeApi> {
  const directory = await temporaryDirectory();
  const config = readConfig({ DATABASE_URL: url, DATA_DIR: directory, ...environment });
  const database = await openDatabase(config, silentStep);
  const engine = await openMetricEngine({ pool: database.pool, directory, engine: 'duckdb' });
  @Module({ imports: [DatabaseModule.with(config, database), MetricsModule.with(engine), ...apis] })
  class Whole {}
  const adapter = new FastifyAdapter({ trustProxy: trustProxy(config) });
  guardEveryRequest(adapter.getInstance(), `default-src 'none'`, config);
  const app = await NestFactory.create<NestFastifyApplication>(Whole, adapter, { logger: ['error'] });
  app.useGlobalPipes(new PlainValuesPipe(), new StandardSchemaValidationPipe());
  app.useGlobalFilters(new ErrorFilter((line) => process.stderr.write(`${line}\n`)));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  afterAll(async () => {
    await app.close();
    await engine.close();
    await database.close();
    await removeDirectory(directory);
  });
  const ask: WholeApi['ask'] = async (session, method, path, body = {}) => {
    const isRead = method.toUpperCase() === 'GET';
    const answer = await app.inject({
      method: method as 'GET',
      url: encodeURI(path),
      headers: {
        host: '127.0.0.1:3000',
        'sec-fetch-site': 'same-origin',
        cookie: `throughline=${session}`,
        ...(!isRead && { 'content-type': 'application/json' }),
      },
      ...(!isRead && { payload: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, text: answer.body };
  };
  return {
    app,
    engine,
    ask,
    async json<Body>(session: string, path: string) {
      const { status, text } = await ask(session, 'GET', path);
      if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${text}`);
      return JSON.parse(text) as Body;
    },
    async account(name, role, { scope = null, seesNames = false } = {}) {
      const { rows } = await pool.query<{ id: string }>(
        'insert into app.account (email, name, role, scope, sees_names) values ($1, $2, $3, $4, $5) returning id',
        [`${name.toLowerCase().replace(/\W/g, '-')}@company.test`, name, role, scope === null ? null : JSON.stringify(scope), seesNames],
      );
      const id = rows[0]?.id ?? '';
      return { id, session: await openSession(pool, id, { address: '127.0.0.1', agent: 'test' }, new Date()) };
    },
  };
}

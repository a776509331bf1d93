import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamicModule, Module, StandardSchemaValidationPipe, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type pg from 'pg';
import { afterAll } from 'vitest';
import { AccessModule } from '#server/access/access.module.js';
import type { Role, Scope } from '#server/access/principal.js';
import { openSession } from '#server/access/sessions.js';
import { readConfig } from '#server/config.js';
import { DatabaseModule } from '#server/database/database.module.js';
import { ErrorFilter } from '#server/http/error.filter.js';
import { guardEveryRequest, trustProxy } from '#server/http/security.js';
import type { TestDatabase } from '../../support/database.js';
import { openedDatabase } from '../../support/opened-database.js';

export interface Asked {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  body?: unknown;
  /** Value of the session's cookie. */
  session?: string;
  headers?: Record<string, string>;
  /** Where it comes from. */
  from?: string;
}

export interface Answered {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  text: string;
  body: Record<string, unknown>;
  /** Values of the cookies it sets, by name. */
  cookies: Record<string, string>;
}

export interface AccessServer {
  /** As the page asks: from the same origin. */
  ask(path: string, asked?: Asked): Promise<Answered>;
  account(role: Role, more?: { email?: string; scope?: Scope }): Promise<{ id: string; email: string; session: string }>;
}

/** Sign-in and what belongs to it, with controllers of the test's own beside it; without numbers. */
export async function accessServer(
  { pool, url }: TestDatabase,
  controllers: Type[],
  environment: Record<string, string> = {},
  imports: (Type | DynamicModule)[] = [],
): Promise<AccessServer> {
  const directory = await mkdtemp(join(tmpdir(), 'throughline-access-'));
  const config = readConfig({ DATA_DIR: directory, ...environment });
  const database = openedDatabase({ url, pool });
  @Module({ imports: [DatabaseModule.with(config, database), AccessModule, ...imports], controllers })
  class AccessOnly {}
  const adapter = new FastifyAdapter({ trustProxy: trustProxy(config) });
  guardEveryRequest(adapter.getInstance(), `default-src 'none'`, config);
  const app = await NestFactory.create<NestFastifyApplication>(AccessOnly, adapter, { logger: ['error'] });
  app.useGlobalPipes(new StandardSchemaValidationPipe());
  app.useGlobalFilters(new ErrorFilter((line) => process.stderr.write(`${line}\n`)));
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  afterAll(async () => {
    await app.close();
    await rm(directory, { recursive: true, force: true });
  });
  return {
    ask: async (path, { method = 'GET', body, session, headers = {}, from = '127.0.0.1' } = {}) => {
      const answer = await app.inject({
        method,
        url: path,
        remoteAddress: from,
        headers: {
          host: '127.0.0.1:3000',
          'sec-fetch-site': 'same-origin',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(session !== undefined && { cookie: `throughline=${session}` }),
          ...headers,
        },
        ...(body !== undefined && { payload: JSON.stringify(body) }),
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: answer.body,
        body: answer.body.startsWith('{') ? (JSON.parse(answer.body) as Record<string, unknown>) : {},
        cookies: Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value])),
      };
    },
    account: (role, more) => newAccount(pool, role, more),
  };
}

let count = 0;

/** With a session that is open. */
async function newAccount(pool: pg.Pool, role: Role, { email, scope }: { email?: string; scope?: Scope } = {}) {
  count += 1;
  const address = email ?? `somebody-${count}@company.test`;
  const { rows } = await pool.query<{ id: string }>(
    'insert into app.account (email, name, role, scope) values ($1, $2, $3, $4) returning id',
    [address, `Somebody ${count}`, role, scope === undefined ? null : JSON.stringify(scope)],
  );
  const id = rows[0]?.id ?? '';
  return { id, email: address, session: await openSession(pool, id, { address: '127.0.0.1', agent: 'test' }, new Date()) };
}

import 'reflect-metadata';
import { Module, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, expect, test } from 'vitest';
import { may, roles, type Role } from '#server/access/principal.js';
import { openSession } from '#server/access/sessions.js';
import { features } from '#server/app.module.js';
import { readConfig } from '#server/config.js';
import { DatabaseModule } from '#server/database/database.module.js';
import { ErrorFilter } from '#server/http/error.filter.js';
import { PlainValuesPipe } from '#server/http/plain-values.pipe.js';
import { guardEveryRequest, trustProxy } from '#server/http/security.js';
import { openMetricEngine } from '#server/metrics/engine.js';
import { MetricsModule } from '#server/metrics/metrics.module.js';
import { OpenApiModule } from '#server/openapi/openapi.module.js';
import { controllersIn, routesOf } from '#server/openapi/routes.js';
import { removeDirectory, temporaryDirectory } from '../../support/built-server.js';
import { canariesIn, canaryCompany, markers, scopeNames, type Marker, type ScopeName } from './canary-company.js';
import { keepThings } from './kept-things.js';
import { openRoutes, rows, unasked, type Ask, type Things } from './matrix-rows.js';

const company = await canaryCompany();
const { pool, url } = company;
const directory = await temporaryDirectory();
const config = readConfig({ DATABASE_URL: url, DATA_DIR: directory, THROUGHLINE_SHARE_LINKS: 'on' });
const engine = await openMetricEngine({ pool, directory, engine: 'duckdb' });
const apis = [...features, OpenApiModule.with(features)];
const routes = routesOf(controllersIn(apis));

/** Without the page, and without what happens by the clock. */
@Module({
  imports: [
    DatabaseModule.with(config, { url, pool, isEmbedded: false, migrated: [], revive: async () => false, close: async () => {} }),
    MetricsModule.with(engine),
    ...apis,
  ],
})
class WholeApi {}

const adapter = new FastifyAdapter({ trustProxy: trustProxy(config) });
guardEveryRequest(adapter.getInstance(), `default-src 'none'`, config);
const app = await NestFactory.create<NestFastifyApplication>(WholeApi, adapter, { logger: ['error'] });
app.useGlobalPipes(new PlainValuesPipe(), new StandardSchemaValidationPipe());
app.useGlobalFilters(new ErrorFilter((line) => process.stderr.write(`${line}\n`)));
await app.init();
await app.getHttpAdapter().getInstance().ready();
afterAll(async () => {
  await app.close();
  await engine.close();
  await removeDirectory(directory);
});

interface Somebody {
  role: Role;
  scope: ScopeName;
  session: string;
}

async function account(name: string, role: Role, scope: ScopeName): Promise<{ id: string; session: string }> {
  const { rows: made } = await pool.query<{ id: string }>(
    'insert into app.account (email, name, role, scope) values ($1, $2, $3, $4) returning id',
    [`${name.toLowerCase()}@company.test`, name, role, company.scopes[scope] === null ? null : JSON.stringify(company.scopes[scope])],
  );
  const id = made[0]?.id ?? '';
  return { id, session: await openSession(pool, id, { address: '127.0.0.1', agent: 'test' }, new Date()) };
}

const people: Somebody[] = [];
for (const role of roles)
  for (const scope of scopeNames) people.push({ role, scope, session: (await account(`${role}-${scope}`, role, scope)).session });
const kept = await keepThings(company, (await account('Stranger', 'lead', 'everything')).id);

const ownMarker: Record<ScopeName, Marker> = { everything: 'all', team: 'own-team', group: 'own-group' };
const thingsOf = (scope: ScopeName): Things => ({
  ...kept,
  item: company.items[scope],
  foreignCustomer: company.foreignCustomer,
  own: ownMarker[scope],
  other: markers.filter((marker) => marker !== ownMarker[scope]),
});

async function ask(session: string, method: string, { path, body }: Pick<Ask, 'path' | 'body'>): Promise<{ status: number; text: string }> {
  const answer = await app.inject({
    method: method as 'GET',
    url: encodeURI(path),
    headers: {
      host: '127.0.0.1:3000',
      'sec-fetch-site': 'same-origin',
      cookie: `throughline=${session}`,
      ...(method !== 'get' && { 'content-type': 'application/json' }),
    },
    ...(method !== 'get' && { payload: JSON.stringify(body ?? {}) }),
  });
  return { status: answer.statusCode, text: answer.body };
}

const named = routes.map(({ method, path, needs }) => ({ route: `${method} ${path}`, needs }));

test('every route is in the matrix, is managed, or is open', () => {
  const known = [...Object.keys(rows), ...openRoutes, ...unasked];
  const forgotten = named.filter(({ route, needs }) => needs !== 'manage' && !known.includes(route)).map(({ route }) => route);
  expect(forgotten).toEqual([]);
  expect(
    named
      .filter(({ needs }) => needs === 'nothing')
      .map(({ route }) => route)
      .filter((route) => !openRoutes.includes(route)),
  ).toEqual([]);
});

test('nobody gets anything his role or his scope keeps back', { timeout: 180_000 }, async () => {
  const wrong: string[] = [];
  const counted = { requests: 0, refused: 0, leaks: 0 };
  const met = { everything: new Set<string>(), team: new Set<string>(), group: new Set<string>() };
  for (const { route, needs } of named) {
    if (needs === null || needs === 'nothing' || unasked.includes(route)) continue;
    const [method = ''] = route.split(' ');
    for (const one of people) {
      const isAllowed = may({ role: one.role, only: null, scope: company.scopes[one.scope] }, needs);
      const asks = needs === 'manage' ? [managed(route, isAllowed)].flat() : (rows[route]?.(thingsOf(one.scope)) ?? []);
      for (const each of isAllowed ? asks.filter((each) => isAskedBy(each, one)) : asks.slice(0, 1)) {
        const { status, text } = await ask(one.session, method, each);
        counted.requests += 1;
        if (status === 403 || status === 404) counted.refused += 1;
        const typed = canariesIn(each.path);
        for (const canary of canariesIn(text)) met[one.scope].add(canary);
        const foreign = canariesIn(text).filter((canary) => !company.allowed[one.scope].has(canary) && !typed.includes(canary));
        if (foreign.length > 0) counted.leaks += 1;
        if (foreign.length > 0 || !isAsExpected(each, status, isAllowed, one)) {
          wrong.push(
            `${one.role} of ${one.scope}: ${method} ${each.path} (${each.expect}): ${status} ${[...new Set(foreign)].slice(0, 3).join(' ')} ${text.slice(0, 160)}`,
          );
        }
      }
    }
  }
  process.stdout.write(
    `access matrix: routes=${named.length} roles=${roles.length} scopes=${scopeNames.length} requests=${counted.requests} refused=${counted.refused} met=${scopeNames.map((scope) => met[scope].size).join('/')} leaks=${counted.leaks}\n`,
  );
  // Had nobody met what is foreign to others, there would have been nothing to leak.
  expect([...met.everything].filter((canary) => !company.allowed.team.has(canary)).length).toBeGreaterThan(100);
  expect(met.team.size).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});

/** Whoever may is not asked here: it would be done. */
function managed(route: string, isAllowed: boolean): Ask[] {
  if (isAllowed) return [];
  const path = (route.split(' ')[1] ?? '').replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000');
  return [{ path, expect: 'any' }];
}

function isAskedBy({ expect: expected }: Ask, { scope, role }: Somebody): boolean {
  if (expected === 'rights') return false;
  if (expected === 'refused') return scope !== 'everything';
  return expected !== 'personal' || role !== 'admin';
}

function isAsExpected({ expect: expected }: Ask, status: number, isAllowed: boolean, { scope }: Somebody): boolean {
  if (!isAllowed) return status === 403;
  if (status >= 500) return false;
  if (expected === 'shown' || (expected === 'hidden' && scope === 'everything')) return status < 300;
  if (expected === 'personal') return [403, 404, 409].includes(status);
  return expected === 'any' || status === 403 || status === 404;
}

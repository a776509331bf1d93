import { expect, test } from 'vitest';
import { may, roles, type Role } from '#server/access/principal.js';
import { controllersIn, routesOf } from '#server/openapi/routes.js';
import { canariesIn, canaryCompany, markers, scopeNames, type Marker, type ScopeName } from './canary-company.js';
import { keepThings } from './kept-things.js';
import { openRoutes, rows, unasked, type Ask, type Things } from './matrix-rows.js';
import { apis, wholeApi } from './whole-api.js';

const company = await canaryCompany();
const server = await wholeApi(company, { THROUGHLINE_SHARE_LINKS: 'on' });
const routes = routesOf(controllersIn(apis));

interface Somebody {
  role: Role;
  scope: ScopeName;
  session: string;
}

const people: Somebody[] = [];
for (const role of roles) {
  for (const scope of scopeNames) {
    const { session } = await server.account(`${role} ${scope}`, role, { scope: company.scopes[scope] });
    people.push({ role, scope, session });
  }
}
const kept = await keepThings(company, (await server.account('Stranger', 'lead')).id);

const ownMarker: Record<ScopeName, Marker> = { everything: 'all', team: 'own-team', group: 'own-group' };
const thingsOf = (scope: ScopeName): Things => ({
  ...kept,
  item: company.items[scope],
  foreignCustomer: company.foreignCustomer,
  own: ownMarker[scope],
  other: markers.filter((marker) => marker !== ownMarker[scope]),
});

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

test('nobody gets anything his role or his scope keeps back', async () => {
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
        const { status, text } = await server.ask(one.session, method, each.path, each.body);
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

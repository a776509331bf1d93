import { Controller, Get } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { Asker } from '#server/access/asker.js';
import { Needs } from '#server/access/needs.js';
import { hashPassword } from '#server/access/password-hash.js';
import type { Principal } from '#server/access/principal.js';
import { testDatabase } from '../../support/database.js';
import { accessServer, type AccessServer, type Answered } from './access-server.js';
import { testProvider, type Person } from './identity-provider.js';

@Controller('api/things')
class ThingsController {
  @Needs('read')
  @Get()
  list(@Asker() asker: Principal): Principal {
    return asker;
  }
}

const begin = '/api/sign-in/provider';

describe('sign-in through a provider', async () => {
  const database = await testDatabase();
  const { pool } = database;
  const provider = await testProvider();
  const environment = {
    THROUGHLINE_OIDC_ISSUER: provider.issuer,
    THROUGHLINE_OIDC_CLIENT_ID: provider.clientId,
    THROUGHLINE_OIDC_CLIENT_SECRET: provider.clientSecret,
    THROUGHLINE_OIDC_NAME: 'Company login',
    THROUGHLINE_ALLOW_HOSTS: provider.place,
  };
  const closed = await accessServer(database, [ThingsController], environment);
  const open = await accessServer(database, [ThingsController], {
    ...environment,
    THROUGHLINE_OIDC_NEW_ACCOUNTS: 'viewer',
    THROUGHLINE_OIDC_ROLE_CLAIM: 'groups',
    THROUGHLINE_OIDC_ROLES: 'ops-leads=lead',
    THROUGHLINE_REQUIRE_SECOND_FACTOR: 'all',
  });

  const keyOf = ({ cookies }: Answered) => cookies['throughline-provider'] ?? '';
  const cameBack = ({ ask }: AccessServer, back: URL, key: string) =>
    ask(`${back.pathname}${back.search}`, { headers: { cookie: `throughline-provider=${key}`, 'sec-fetch-site': 'cross-site' } });

  /** From the button to what the browser is told when it is back. */
  async function signIn(server: AccessServer, person: Person | null, path = begin): Promise<Answered> {
    const sent = await server.ask(path);
    return cameBack(server, await provider.visit(String(sent.headers['location']), person), keyOf(sent));
  }

  const accounts = async () => (await pool.query<{ n: number }>('select count(*)::int as n from app.account')).rows[0]?.n;

  it('makes an account at the first sign-in and finds it at the next, where new accounts are allowed', async () => {
    const ann = { sub: 'ann', name: 'Ann', email: 'Ann@company.test' };
    const first = await signIn(open, ann, `${begin}?next=/boards/delay%3Fteam=Field`);
    expect([first.status, first.headers['location']]).toEqual([303, '/boards/delay?team=Field']);
    expect(first.cookies['throughline-provider']).toBe('');
    const asker = await open.ask('/api/things', { session: first.cookies['throughline'] ?? '' });
    expect(asker.body).toMatchObject({ name: 'Ann', role: 'viewer', by: 'session' });
    const again = await signIn(open, { ...ann, email: 'changed@company.test' });
    const known = await open.ask('/api/things', { session: again.cookies['throughline'] ?? '' });
    expect(known.body['id']).toBe(asker.body['id']);
    expect(again.cookies['throughline']).not.toBe(first.cookies['throughline']);
  });

  it('gives the role the provider says, at every sign-in', async () => {
    const roleOf = async (groups: string[]) => {
      const { cookies } = await signIn(open, { sub: 'lee', name: 'Lee', email: 'lee@company.test', groups });
      return (await open.ask('/api/things', { session: cookies['throughline'] ?? '' })).body['role'];
    };
    expect([await roleOf(['ops-leads']), await roleOf([]), await roleOf(['others', 'ops-leads'])]).toEqual(['lead', 'viewer', 'lead']);
  });

  it('lets nobody in who is in none of the groups any more, where there is no other role', async () => {
    const byGroups = await accessServer(database, [ThingsController], {
      ...environment,
      THROUGHLINE_OIDC_ROLE_CLAIM: 'groups',
      THROUGHLINE_OIDC_ROLES: 'ops=admin',
    });
    const { id } = await open.account('viewer');
    await pool.query('insert into app.identity (issuer, subject, account_id) values ($1, $2, $3)', [provider.issuer, 'max', id]);
    await open.account('admin');
    const max = (groups: string[]) => signIn(byGroups, { sub: 'max', name: 'Max', email: 'max@company.test', groups });
    const session = (await max(['ops'])).cookies['throughline'] ?? '';
    expect((await byGroups.ask('/api/things', { session })).body['role']).toBe('admin');
    const after = await max(['others']);
    expect([after.headers['location'], after.cookies['throughline']]).toEqual(['/sign-in?problem=no-account', undefined]);
  });

  it('does not open an account of the same address, made here before or not', async () => {
    const { id, email } = await open.account('admin', { email: 'boss@company.test' });
    const before = await accounts();
    for (const server of [open, closed]) {
      const taken = await signIn(server, { sub: 'mallory', name: 'Boss', email: 'Boss@company.test' });
      expect([taken.status, taken.headers['location'], taken.cookies['throughline']]).toEqual([
        303,
        '/sign-in?problem=no-account',
        undefined,
      ]);
    }
    expect(await accounts()).toBe(before);
    expect((await pool.query('select from app.identity where account_id = $1', [id])).rowCount).toBe(0);
    expect(email).toBe('boss@company.test');
  });

  it('makes no account where none is to be made, nor for an address that is none', async () => {
    const before = await accounts();
    expect((await signIn(closed, { sub: 'new', email: 'new@company.test' })).headers['location']).toBe('/sign-in?problem=no-account');
    expect((await signIn(open, { sub: 'odd', email: 'a@b.test\r\nRCPT TO:<evil@x.test>' })).headers['location']).toBe(
      '/sign-in?problem=no-account',
    );
    expect(await accounts()).toBe(before);
  });

  it('opens an account that was linked by whoever is signed in to it, with the password', async () => {
    const { id, session } = await closed.account('lead');
    await pool.query('update app.account set password_hash = $2 where id = $1', [id, await hashPassword('green tractor sings at noon')]);
    const link = (password: string) => closed.ask('/api/account/provider', { method: 'POST', session, body: { password } });
    expect((await link('not the password')).status).toBe(400);
    const sent = await link('green tractor sings at noon');
    const person = { sub: 'link-me', email: 'quite-another@elsewhere.test' };
    const back = await cameBack(closed, await provider.visit(String(sent.body['address']), person), keyOf(sent));
    expect([back.headers['location'], back.cookies['throughline']]).toEqual(['/account', undefined]);
    const { cookies } = await signIn(closed, person);
    expect((await closed.ask('/api/things', { session: cookies['throughline'] ?? '' })).body['id']).toBe(id);
    expect((await closed.ask('/api/account/provider', { session })).body).toMatchObject({
      name: 'Company login',
      links: [{ issuer: provider.issuer }],
    });
    expect((await closed.ask('/api/account/provider', { method: 'DELETE', session })).status).toBe(204);
    expect((await signIn(closed, person)).headers['location']).toBe('/sign-in?problem=no-account');
  });

  it('does not link a person that belongs to another account', async () => {
    const person = { sub: 'once', name: 'Once', email: 'once@company.test' };
    await signIn(open, person);
    const { id, session } = await closed.account('admin');
    await pool.query('update app.account set password_hash = $2 where id = $1', [id, await hashPassword('green tractor sings at noon')]);
    const body = { password: 'green tractor sings at noon' };
    const sent = await closed.ask('/api/account/provider', { method: 'POST', session, body });
    const back = await cameBack(closed, await provider.visit(String(sent.body['address']), person), keyOf(sent));
    expect(back.headers['location']).toBe('/account?problem=taken');
  });

  it('takes an answer once, in the browser that went, and before ten minutes are over', async () => {
    const person = { sub: 'ann', name: 'Ann', email: 'ann@company.test' };
    const sent = await open.ask(begin);
    const back = await provider.visit(String(sent.headers['location']), person);
    const ended = '/sign-in?problem=ended';
    expect((await open.ask(`${back.pathname}${back.search}`)).headers['location']).toBe(ended);
    expect((await cameBack(open, back, 'a'.repeat(43))).headers['location']).toBe(ended);
    const other = await open.ask(begin);
    expect((await cameBack(open, back, keyOf(other))).headers['location']).toBe('/sign-in?problem=untrue');
    expect((await cameBack(open, back, keyOf(sent))).headers['location']).toBe('/');
    expect((await cameBack(open, back, keyOf(sent))).headers['location']).toBe(ended);
    const late = await open.ask(begin);
    await pool.query(`update app.identity_attempt set expires_at = now() - interval '1 second'`);
    expect((await cameBack(open, await provider.visit(String(late.headers['location']), person), keyOf(late))).headers['location']).toBe(
      ended,
    );
  });

  it('keeps no state, nonce or verifier', async () => {
    const sent = await open.ask(begin);
    const { rows } = await pool.query<{ row: string }>('select row_to_json(attempt)::text as row from app.identity_attempt attempt');
    const told = new URL(String(sent.headers['location'])).searchParams;
    expect(rows.length).toBeGreaterThan(0);
    for (const secret of [keyOf(sent), told.get('state') ?? '', told.get('nonce') ?? '', told.get('code_challenge') ?? '']) {
      expect([secret.length, rows.some(({ row }) => row.includes(secret))]).toEqual([43, false]);
    }
  });

  it('says a no, and shuts out who is switched off', async () => {
    expect((await signIn(open, null)).headers['location']).toBe('/sign-in?problem=denied');
    const person = { sub: 'gone', name: 'Gone', email: 'gone@company.test' };
    await signIn(open, person);
    await pool.query(`update app.account set disabled_at = now() where email = 'gone@company.test'`);
    expect((await signIn(open, person, `${begin}?next=/today`)).headers['location']).toBe('/sign-in?problem=disabled&next=%2Ftoday');
  });

  it('asks for no second factor of its own where the provider has vouched', async () => {
    const { cookies } = await signIn(open, { sub: 'ann', name: 'Ann', email: 'ann@company.test' });
    expect((await open.ask('/api/things', { session: cookies['throughline'] ?? '' })).status).toBe(200);
    expect((await open.ask('/api/things', { session: (await open.account('viewer')).session })).status).toBe(403);
  });

  it('is offered by its name, and nowhere without one', async () => {
    expect((await open.ask('/api/sign-in')).body).toMatchObject({ provider: 'Company login' });
    const without = await accessServer(database, [ThingsController]);
    expect((await without.ask('/api/sign-in')).body).toMatchObject({ provider: null });
    expect((await without.ask(begin)).status).toBe(404);
  });

  it('goes on to pages of this server alone', async () => {
    for (const next of ['https://evil.test', '//evil.test', '/\\evil.test', '/%5Cevil.test/..//evil.test', 'javascript:alert(1)', '/\tx']) {
      const { headers } = await signIn(
        open,
        { sub: 'ann', name: 'Ann', email: 'ann@company.test' },
        `${begin}?next=${encodeURIComponent(next)}`,
      );
      expect([next, headers['location']]).toEqual([next, '/']);
    }
  });
});

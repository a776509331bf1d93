import { Controller, Delete, Get, Post } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { Asker } from '#server/access/asker.js';
import { Needs } from '#server/access/needs.js';
import type { Principal } from '#server/access/principal.js';
import { testDatabase } from '../../support/database.js';
import { accessServer, type Asked } from './access-server.js';

@Controller('api/things')
class ThingsController {
  @Needs('read')
  @Get()
  list(@Asker() asker: Principal): Principal {
    return asker;
  }

  @Needs('steer')
  @Post()
  add(): { added: true } {
    return { added: true };
  }

  @Needs('manage')
  @Delete()
  remove(): { removed: true } {
    return { removed: true };
  }
}

describe('routes of tokens', async () => {
  const database = await testDatabase();
  const { ask, account } = await accessServer(database, [ThingsController]);
  const tokens = '/api/account/tokens';

  async function token(session: string, body: Record<string, unknown>) {
    const made = await ask(tokens, { method: 'POST', session, body: { name: `t${Math.random()}`, permissions: ['read'], ...body } });
    return { ...made, bearer: { authorization: `Bearer ${String(made.body['key'])}` } };
  }

  it('makes a token that opens what it was given, and shows its key once', async () => {
    const lead = await account('lead');
    const made = await token(lead.session, { name: 'wall', permissions: ['read'], days: 30 });
    expect(made.status).toBe(201);
    expect((await ask('/api/things', { headers: made.bearer })).body).toMatchObject({
      id: lead.id,
      by: 'token',
      role: 'lead',
      only: ['read'],
    });
    expect((await ask('/api/things', { method: 'POST', body: {}, headers: made.bearer })).body['message']).toBe(
      'This key may not change what others see; ask an administrator for the right "steer".',
    );
    const listed = await ask(tokens, { session: lead.session });
    expect(JSON.parse(listed.text)).toEqual([{ ...made.body, key: undefined, lastUsedAt: expect.any(String) }]);
    expect(listed.text).not.toContain('key');
  });

  it('takes changes of a token from anywhere, without a cookie or an origin', async () => {
    const { bearer } = await token((await account('admin')).session, { permissions: ['steer', 'manage'] });
    const script = { ...bearer, 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.test' };
    expect((await ask('/api/things', { method: 'POST', body: {}, headers: script })).status).toBe(201);
    expect((await ask('/api/things', { method: 'DELETE', headers: script })).status).toBe(200);
  });

  it('never looks at the cookie of a request with a token', async () => {
    const { session } = await account('admin');
    const wrong = { authorization: `Bearer tl_${'A'.repeat(43)}`, 'sec-fetch-site': 'cross-site' };
    const refused = await ask('/api/things', { method: 'POST', body: {}, session, headers: wrong });
    expect([refused.status, refused.body['message']]).toEqual([
      401,
      'This token is not known, has ended or was revoked; make a new one under Account.',
    ]);
    expect((await ask('/api/things', { method: 'POST', body: {}, session, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
  });

  it('refuses a token in an address, and says what to do', async () => {
    const { body } = await token((await account('viewer')).session, {});
    const refused = await ask(`/api/things?token=${String(body['key'])}`);
    expect([refused.status, String(body['key']).length]).toEqual([400, 46]);
    expect(refused.body['message']).toContain('Revoke this one, make a new one');
    expect(refused.text).not.toContain(String(body['key']));
  });

  it('makes, lists and revokes nothing for a token, whatever it may', async () => {
    const admin = await account('admin');
    const { bearer, body } = await token(admin.session, { permissions: ['read', 'manage'] });
    const tried = [
      await ask(tokens, { headers: bearer }),
      await ask(tokens, { method: 'POST', headers: bearer, body: { name: 'more', permissions: ['read'] } }),
      await ask(`${tokens}/${String(body['id'])}`, { method: 'DELETE', headers: bearer }),
    ];
    expect(tried.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  it('lists accounts and changes none, so that nothing of a token outlives it', async () => {
    const [admin, other] = [await account('admin'), await account('viewer')];
    const { bearer } = await token(admin.session, { permissions: ['read', 'manage'] });
    const of = (method: Asked['method'], path: string, body?: object) => ask(`/api/users${path}`, { method, headers: bearer, body });
    const tried = [
      await of('POST', '', { email: 'evil@company.test', name: 'Evil', role: 'admin' }),
      await of('PATCH', `/${other.id}`, { role: 'admin' }),
      await of('POST', `/${other.id}/link`),
      await of('DELETE', `/${other.id}/second-factor`),
      await of('DELETE', `/${other.id}`),
    ];
    expect(tried.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(tried[0]?.body['message']).toContain('a token only lists them');
    expect((await ask('/api/users', { headers: bearer })).text).toContain(other.email);
  });

  it('does not show or revoke tokens of others', async () => {
    const made = await token((await account('viewer')).session, {});
    const { session } = await account('admin');
    expect(JSON.parse((await ask(tokens, { session })).text)).toEqual([]);
    expect((await ask(`${tokens}/${String(made.body['id'])}`, { method: 'DELETE', session })).status).toBe(404);
    expect((await ask('/api/things', { headers: made.bearer })).status).toBe(200);
  });

  it('opens nothing after it was revoked, and both stand in the audit log', async () => {
    const { session, id } = await account('viewer');
    const { bearer, body } = await token(session, { name: 'short' });
    expect((await ask(`${tokens}/${String(body['id'])}`, { method: 'DELETE', session })).status).toBe(204);
    expect((await ask('/api/things', { headers: bearer })).status).toBe(401);
    const { rows } = await database.pool.query<{ action: string; object: string; name: string }>(
      `select action, object, detail ->> 'name' as name from app.audit where account = $1 order by id`,
      [id],
    );
    expect(rows).toEqual([
      { action: 'token.make', object: body['id'], name: 'short' },
      { action: 'token.revoke', object: body['id'], name: 'short' },
    ]);
  });

  it('says what is wrong with a wish', async () => {
    const { session } = await account('viewer');
    const wishes = [
      { permissions: ['manage'] },
      { permissions: [] },
      { permissions: ['everything'] },
      { days: 366 },
      { days: 0 },
      { scope: {} },
      { scope: { customer: ['Acme'] } },
      { scope: { team: [] } },
      { name: ' ' },
      { more: true },
    ];
    const statuses = await Promise.all(wishes.map(async (wish) => (await token(session, wish)).status));
    expect(statuses).toEqual(wishes.map(() => 400));
  });
});

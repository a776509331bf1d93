import { describe, expect, it } from 'vitest';
import type { TokenMaker, TokenWish } from '#server/access/token.js';
import { hasKeyInAddress, listTokens, makeToken, principalOfToken, revokeToken } from '#server/access/token.js';
import { keyOfHeader } from '#server/http/bearer.js';
import { testDatabase } from '../../support/database.js';

describe('API tokens', async () => {
  const { pool } = await testDatabase();
  const now = new Date('2026-03-02T09:00:00Z');
  const later = (days: number, ms = 0) => new Date(now.getTime() + days * 86_400_000 + ms);
  const wish = (name: string, more: Partial<TokenWish> = {}): TokenWish => ({
    name,
    permissions: ['read'],
    scope: null,
    days: 90,
    ...more,
  });

  let count = 0;
  async function account(role: TokenMaker['role'], scope: TokenMaker['scope'] = null): Promise<TokenMaker> {
    count += 1;
    const { rows } = await pool.query<{ id: string }>(
      'insert into app.account (email, name, role, scope, sees_names) values ($1, $2, $3, $4, true) returning id',
      [`somebody-${count}@company.test`, count === 1 ? 'Ada' : `Ada ${count}`, role, scope === null ? null : JSON.stringify(scope)],
    );
    return { id: rows[0]?.id ?? '', role, scope, only: null };
  }

  it('opens as its account with what it was given, and the database holds no key', async () => {
    const maker = await account('analyst');
    const { key, ...made } = await makeToken(pool, maker, wish('nightly', { permissions: ['read', 'export'] }), now);
    expect(key).toMatch(/^tl_[A-Za-z0-9_-]{43}$/);
    expect(made).toMatchObject({
      name: 'nightly',
      permissions: ['read', 'export'],
      scope: null,
      expiresAt: '2026-05-31T09:00:00.000Z',
      lastUsedAt: null,
    });
    expect(await principalOfToken(pool, key, later(1))).toEqual({
      id: maker.id,
      name: 'Ada',
      role: 'analyst',
      scope: null,
      seesNames: true,
      by: 'token',
      only: ['read', 'export'],
    });
    const { rows } = await pool.query<{ row: string }>('select row_to_json(token)::text as row from app.api_token token');
    expect(rows.some(({ row }) => row.includes(key) || row.includes(key.slice(3)))).toBe(false);
  });

  it('opens nothing after its last moment, nor with another letter', async () => {
    const { key } = await makeToken(pool, await account('viewer'), wish('a week', { days: 7 }), now);
    expect(await principalOfToken(pool, key, later(7, -1))).not.toBeNull();
    expect(await principalOfToken(pool, key, later(7))).toBeNull();
    expect(await principalOfToken(pool, `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`, now)).toBeNull();
    expect(await principalOfToken(pool, 'tl_short', now)).toBeNull();
  });

  it('opens nothing once it is revoked or its account is disabled', async () => {
    const maker = await account('viewer');
    const one = await makeToken(pool, maker, wish('one'), now);
    const other = await makeToken(pool, maker, wish('other'), now);
    await revokeToken(pool, maker.id, one.id, now);
    expect(await principalOfToken(pool, one.key, now)).toBeNull();
    expect(await principalOfToken(pool, other.key, now)).not.toBeNull();
    await pool.query('update app.account set disabled_at = $2 where id = $1', [maker.id, now]);
    expect(await principalOfToken(pool, other.key, now)).toBeNull();
  });

  it('may no more than the role of its account does by then', async () => {
    const maker = await account('lead');
    const { key } = await makeToken(pool, maker, wish('steering', { permissions: ['read', 'steer', 'export'] }), now);
    await pool.query(`update app.account set role = 'executive' where id = $1`, [maker.id]);
    expect((await principalOfToken(pool, key, now))?.only).toEqual(['read', 'export']);
  });

  it('sees no more than its account does by then', async () => {
    const maker = await account('viewer', { team: ['Billing', 'Field'], group: ['Retail'] });
    const { key } = await makeToken(pool, maker, wish('two teams', { scope: { team: ['Billing', 'Field'], group: ['Retail'] } }), now);
    await pool.query('update app.account set scope = $2 where id = $1', [maker.id, JSON.stringify({ team: ['Field', 'Network'] })]);
    expect((await principalOfToken(pool, key, now))?.scope).toEqual({ team: ['Field'], group: ['Retail'] });
    await pool.query('update app.account set scope = $2 where id = $1', [maker.id, JSON.stringify({ team: ['Network'] })]);
    expect((await principalOfToken(pool, key, now))?.scope).toEqual({ team: ['\u001f'], group: ['Retail'] });
  });

  it('is not made to reach further than its maker', async () => {
    const scoped = await account('viewer', { team: ['Billing'] });
    await expect(makeToken(pool, scoped, wish('x', { permissions: ['read', 'manage'] }), now)).rejects.toThrow(
      'A token may do no more than its account: manage is beyond the role "viewer".',
    );
    await expect(makeToken(pool, scoped, wish('x', { scope: { team: ['Field'] } }), now)).rejects.toThrow('see no more than its account');
    await expect(makeToken(pool, scoped, wish('x', { scope: { service: ['Voice'] } }), now)).rejects.toThrow(
      'see no more than its account',
    );
    expect((await makeToken(pool, scoped, wish('narrower', { scope: { team: ['Billing'], service: ['Voice'] } }), now)).scope).toEqual({
      team: ['Billing'],
      service: ['Voice'],
    });
    expect((await makeToken(pool, scoped, wish('the same'), now)).scope).toEqual({ team: ['Billing'] });
  });

  it('has one name per account among those that are not revoked', async () => {
    const maker = await account('viewer');
    const first = await makeToken(pool, maker, wish('report'), now);
    await expect(makeToken(pool, maker, wish('report'), now)).rejects.toThrow('There is a token "report" already');
    await revokeToken(pool, maker.id, first.id, now);
    await makeToken(pool, maker, wish('report'), now);
    expect((await listTokens(pool, maker.id)).map(({ name }) => name)).toEqual(['report']);
  });

  it('is not revoked by another account', async () => {
    const { id, key } = await makeToken(pool, await account('viewer'), wish('mine'), now);
    const stranger = await account('admin');
    await expect(revokeToken(pool, stranger.id, id, now)).rejects.toThrow('There is no token');
    expect(await principalOfToken(pool, key, now)).not.toBeNull();
  });

  it('writes its last use at most once a minute', async () => {
    const maker = await account('viewer');
    const { key } = await makeToken(pool, maker, wish('busy'), now);
    const lastUse = async (ms: number) => {
      await principalOfToken(pool, key, later(0, ms));
      return (await listTokens(pool, maker.id))[0]?.lastUsedAt;
    };
    expect(await lastUse(0)).toBe('2026-03-02T09:00:00.000Z');
    expect(await lastUse(59_999)).toBe('2026-03-02T09:00:00.000Z');
    expect(await lastUse(60_001)).toBe('2026-03-02T09:01:00.001Z');
  });

  it('is read from the header, in whatever case its scheme is written', () => {
    expect(keyOfHeader('Bearer tl_abc')).toBe('tl_abc');
    expect(keyOfHeader('bearer   tl_abc ')).toBe('tl_abc');
    expect([undefined, '', 'Basic dGxfYWJj', 'Bearer', 'Bearer a b'].map(keyOfHeader)).toEqual([null, null, null, null, null]);
  });

  it('is found in an address, however it is written there', () => {
    const key = `tl_${'Ab-_0'.repeat(8)}xyz`;
    expect(hasKeyInAddress(`/api/state?token=${key}`)).toBe(true);
    expect(hasKeyInAddress(`/api/state?token=%74l_${key.slice(3)}`)).toBe(true);
    expect(hasKeyInAddress(`/api/items/${key}`)).toBe(true);
    expect(hasKeyInAddress('/api/boards/delay?team=tl_short&x=%')).toBe(false);
  });
});

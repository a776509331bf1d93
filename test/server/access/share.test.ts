import { Controller, Delete, Get, Param, Post } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { boards } from '#dashboards/boards/index.js';
import { Asker } from '#server/access/asker.js';
import { Needs } from '#server/access/needs.js';
import type { Principal } from '#server/access/principal.js';
import { keepToSharedPage } from '#server/access/share-limits.js';
import { sharedPage } from '#server/access/share-page.js';
import { features } from '#server/app.module.js';
import { controllersIn, routesOf } from '#server/openapi/routes.js';
import { testDatabase } from '../../support/database.js';
import { accessServer } from './access-server.js';

/** Stands where the boards are. */
@Controller('api')
class PagesController {
  @Needs('read')
  @Get('boards/:id')
  board(@Param('id') _id: string, @Asker() asker: Principal): Principal {
    return asker;
  }

  @Needs('read')
  @Get('items/:id')
  item(): { title: string } {
    return { title: 'a story' };
  }

  @Needs('read')
  @Delete('boards/:id')
  remove(): { removed: true } {
    return { removed: true };
  }

  @Needs('read')
  @Post('boards/:id')
  change(): { changed: true } {
    return { changed: true };
  }
}

const links = '/api/share-links';

describe('a share link', async () => {
  const database = await testDatabase();
  const { pool } = database;
  const on = await accessServer(database, [PagesController], { THROUGHLINE_SHARE_LINKS: 'on' });
  const off = await accessServer(database, [PagesController]);
  await on.account('admin');

  const make = (session: string, more: Record<string, unknown> = {}) =>
    on.ask(links, {
      method: 'POST',
      session,
      body: { title: 'For the steering group', address: '/boards/delay?team=Field&period=last-month', ...more },
    });
  const open = (key: unknown, server = on) => server.ask(`${links}/open`, { method: 'POST', body: { key } });
  const visit = (key: unknown, path: string, method: 'GET' | 'POST' | 'DELETE' = 'GET') =>
    on.ask(path, { method, headers: { cookie: `throughline-share=${String(key)}` } });

  it('is exchanged for a cookie, and opens its board read only', async () => {
    const lead = await on.account('lead');
    const made = await make(lead.session);
    expect(made.status).toBe(201);
    const { key } = made.body;
    expect(key).toMatch(/^[\w-]{43}$/);
    const opened = await open(key);
    expect(opened.body).toEqual({ address: '/boards/delay?team=Field&period=last-month' });
    expect(opened.headers['set-cookie']).toBe(`throughline-share=${String(key)}; Path=/; HttpOnly; SameSite=Lax`);
    expect((await visit(key, '/api/boards/delay?team=Field')).body).toMatchObject({
      id: null,
      name: '',
      role: 'viewer',
      scope: null,
      seesNames: false,
      by: 'share',
      only: ['read'],
    });
    const statuses = [];
    for (const path of ['/api/boards/handoff?team=Field', '/api/items/x', '/api/account/tokens', '/api/users', links]) {
      statuses.push((await visit(key, path)).status);
    }
    statuses.push(
      (await visit(key, '/api/boards/delay?team=Field', 'DELETE')).status,
      (await visit(key, '/api/boards/delay', 'POST')).status,
    );
    expect(statuses).toEqual([403, 403, 403, 403, 403, 403, 403]);
  });

  it('keeps its filters: they can be narrowed and not taken off', async () => {
    const { key } = (await make((await on.account('lead')).session, { address: '/boards/delay?team=Field&team=Billing&customer=Acme' }))
      .body;
    const status = async (query: string) => (await visit(key, `/api/boards/delay?${query}`)).status;
    expect([
      await status('team=Field&team=Billing&customer=Acme'),
      await status('team=Billing&customer=Acme&type=Incident'),
      await status('team=Field'),
      await status('customer=Acme'),
      await status('team=Field&team=Network&customer=Acme'),
      await status('team=&customer=Acme'),
      await status(''),
    ]).toEqual([200, 200, 403, 403, 403, 403, 403]);
  });

  it('shows no more than its maker sees, then and now', async () => {
    const maker = await on.account('lead', { scope: { team: ['Field', 'Billing'] } });
    const address = '/boards/delay';
    expect((await make(maker.session, { address, scope: { team: ['Network'] } })).status).toBe(400);
    expect((await make(maker.session, { address, scope: { service: ['Voice'] } })).status).toBe(400);
    const { key } = (await make(maker.session, { address })).body;
    const narrower = (await make(maker.session, { address, scope: { team: ['Field'] } })).body['key'];
    const scope = async (one: unknown) => (await visit(one, '/api/boards/delay')).body['scope'];
    expect([await scope(key), await scope(narrower)]).toEqual([{ team: ['Field', 'Billing'] }, { team: ['Field'] }]);
    await pool.query('update app.account set scope = $2 where id = $1', [maker.id, JSON.stringify({ team: ['Billing'] })]);
    expect([await scope(key), await scope(narrower)]).toEqual([{ team: ['Billing'] }, { team: ['\u001f'] }]);
  });

  it('ends with its time, when it is revoked, with its maker and with the right of its maker', async () => {
    const status = async (key: unknown) => (await visit(key, '/api/boards/delay?team=Field')).status;
    const maker = await on.account('lead');
    const first = (await make(maker.session)).body;
    const second = (await make(maker.session)).body;
    expect((await on.ask(`${links}/${String(first['id'])}`, { method: 'DELETE', session: maker.session })).status).toBe(204);
    expect([await status(first['key']), await status(second['key']), (await open(first['key'])).status]).toEqual([401, 200, 404]);
    await pool.query(
      `update app.share_link set created_at = now() - interval '2 days', expires_at = now() - interval '1 second' where id = $1`,
      [second['id']],
    );
    expect(await status(second['key'])).toBe(401);
    const third = (await make(maker.session)).body['key'];
    await pool.query(`update app.account set role = 'executive' where id = $1`, [maker.id]);
    expect(await status(third)).toBe(401);
    await pool.query(`update app.account set role = 'lead', disabled_at = now() where id = $1`, [maker.id]);
    expect(await status(third)).toBe(401);
  });

  it('is made by who may steer, listed and revoked by its maker and administrators', async () => {
    const maker = await on.account('lead');
    const made = (await make(maker.session, { days: 3 })).body;
    const titles = async (session: string) =>
      ((await on.ask(links, { session })).body['links'] as { id: string }[]).filter(({ id }) => id === made['id']).length;
    const other = await on.account('lead');
    expect([await titles(maker.session), await titles(other.session), await titles((await on.account('admin')).session)]).toEqual([
      1, 0, 1,
    ]);
    expect((await on.ask(`${links}/${String(made['id'])}`, { method: 'DELETE', session: other.session })).status).toBe(404);
    expect((await make((await on.account('executive')).session)).status).toBe(403);
    const { rows } = await pool.query<{ row: string }>('select row_to_json(link)::text as row from app.share_link link');
    expect(rows.some(({ row }) => row.includes(String(made['key'])))).toBe(false);
  });

  it('is made of boards and summaries that are there, for at most 90 days', async () => {
    const { session } = await on.account('admin');
    const refused = [
      { address: '/connections' },
      { address: 'https://evil.test/boards/delay' },
      { address: '/boards/../users' },
      { address: '/boards/nobody-knows' },
      { address: '/reports/00000000-0000-4000-8000-000000000000' },
      { days: 91 },
      { days: 0 },
      { title: ' ' },
    ];
    const statuses = [];
    for (const wish of refused) statuses.push((await make(session, wish)).status);
    expect(statuses).toEqual([400, 400, 400, 404, 404, 400, 400, 400]);
  });

  it('is off unless it was switched on', async () => {
    const { session } = await on.account('lead');
    const { key } = (await make(session)).body;
    expect((await off.ask(links, { session })).body).toEqual({ isOn: false, links: [] });
    expect((await off.ask(links, { method: 'POST', session, body: { title: 'x', address: '/boards/delay' } })).status).toBe(403);
    expect((await open(key, off)).status).toBe(404);
    expect((await off.ask('/api/boards/delay?team=Field', { headers: { cookie: `throughline-share=${String(key)}` } })).status).toBe(401);
  });

  it('opens of all routes of the program those of its page alone', () => {
    const passes = (address: string, parameters: Record<string, string>) =>
      routesOf(controllersIn(features))
        .filter(({ needs }) => needs !== 'nothing')
        .filter(({ method, path }) => {
          try {
            const template = path.replaceAll(/\{(\w+)\}/g, ':$1');
            keepToSharedPage(sharedPage(address), boards, { method: method.toUpperCase(), template, parameters, query: { team: 'Field' } });
            return true;
          } catch {
            return false;
          }
        })
        .map(({ method, path }) => `${method} ${path}`)
        .sort();
    const report = '00000000-0000-4000-8000-000000000000';
    expect(passes('/boards/delay?team=Field', { id: 'delay', board: 'delay' })).toEqual([
      'get /api/boards/{id}',
      'get /api/boards/{id}/charts',
      'get /api/state',
    ]);
    expect(passes('/boards/delay?team=Field', { id: 'slip' })).toEqual([
      'get /api/charts/{id}/why',
      'get /api/metrics/{id}/items',
      'get /api/state',
    ]);
    expect(passes('/boards/delay', { id: 'handoff' })).toEqual(['get /api/state']);
    expect(passes(`/reports/${report}`, { id: report })).toEqual(['get /api/reports/{id}', 'get /api/reports/{id}/pdf', 'get /api/state']);
    console.log(`routes=${routesOf(controllersIn(features)).length}`);
  });
});

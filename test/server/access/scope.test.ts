import { describe, expect, test } from 'vitest';
import { noName } from '#server/access/narrow.js';
import type { Scope } from '#server/access/principal.js';
import { makeToken } from '#server/access/token.js';
import type {
  AlertResponse,
  BoardResponse,
  ItemResponse,
  ItemsResponse,
  NamesResponse,
  Note,
  NoteForAsker,
  QualityResponse,
  ReportListed,
  ReportResponse,
  Schedule,
  StateResponse,
  Target,
  WatchResponse,
} from '#server/api.js';
import { openPostgresEngine } from '#server/metrics/postgres-engine.js';
import { queryMetric } from '#server/metrics/query.js';
import type { MetricResult } from '#dashboards/metric-result.js';
import { testDatabase } from '../../support/database.js';
import { id, writeFacts, type ItemFacts } from '../metrics/support/measured.js';
import { recipient, scheduleBody, trialRunner } from '../schedules/schedule-trial.js';
import { wholeApi } from './whole-api.js';

/** 28 promises of Alpha to Acme of the group Gold, all kept; 28 of Beta to Bolt of the group Iron, none kept; each has an open item. */
const items = Array.from({ length: 56 }, (_, n): ItemFacts => {
  const isAlpha = n < 28;
  const day = String(1 + (n % 28)).padStart(2, '0');
  return {
    name: `${isAlpha ? 'Alpha' : 'Beta'} item ${n}`,
    team: isAlpha ? 'Alpha' : 'Beta',
    customer: isAlpha ? 'Acme' : 'Bolt',
    service: isAlpha ? 'Mail' : null,
    created: '2026-02-01T00:00:00Z',
    ended: n % 28 === 27 ? null : `2026-02-${day}T${isAlpha ? '06' : '18'}:00:00Z`,
    promises: [{ said: '2026-02-01T00:00:00Z', due: `2026-02-${day}T12:00:00Z` }],
  };
});
const database = await testDatabase();
const { pool } = database;
await writeFacts(pool, [{ name: 'desk', asOf: '2026-03-01T00:00:00Z' }], items);
await pool.query(`update core.customer set group_name = case name when 'Acme' then 'Gold' else 'Iron' end`);
for (const { name } of items)
  await pool.query(
    `insert into core.item (item_id, connection_id, external_id, title, as_of_at, as_of_seq, type, record_id)
    values ($1, $2, $3, $3, now(), 1, 'item', gen_random_uuid())`,
    [id('item', name), id('connection', 'desk'), name],
  );
// The facts of tests have ids of no version; paths take those that have one.
for (const table of ['facts.item', 'facts.promise', 'core.item'])
  await pool.query(`update ${table} set item_id = overlay(overlay(item_id::text placing '4' from 15) placing '8' from 20)::uuid`);
const itemId = (name: string) => id('item', name).replace(/^(.{14}).(.{4}).(.*)$/, '$14$28$3');
const server = await wholeApi(database);
const all = (await server.account('All', 'lead', { seesNames: true })).session;
const alpha = (await server.account('Alpha lead', 'lead', { scope: { team: ['Alpha'] } })).session;
const iron = (await server.account('Iron lead', 'lead', { scope: { group: ['Iron'] } })).session;

const window = 'from=2026-02-01&to=2026-03-01&grain=all';
const kept = (session: string, query = window) => server.json<MetricResult>(session, `/api/metrics/on-time-first?${query}`);
const send = async <Body>(session: string, method: string, path: string, body?: unknown) => {
  const { status, text } = await server.ask(session, method, path, body);
  return { status, body: (text === '' ? null : JSON.parse(text)) as Body & { message: string } };
};

describe('numbers', () => {
  test('are those of the scope, whoever asks first', async () => {
    const first = async (...sessions: string[]) => {
      const query = `from=2026-02-01&to=2026-03-0${sessions.length}&grain=all&by=team&clock=calendar`;
      const answers: unknown[] = [];
      for (const session of sessions) answers.push((await kept(session, query)).rows.map(({ by, n }) => [by, n]));
      return answers;
    };
    const [both, left] = [[['Alpha', 28], ['Beta', 28]], [['Alpha', 28]]]; // prettier-ignore
    expect(await first(all, alpha, all)).toEqual([both, left, both]);
    expect(await first(alpha, all)).toEqual([left, both]);
  });

  test('of a board are remembered for each scope apart', async () => {
    const headline = async (session: string) => {
      const board = await server.json<BoardResponse>(session, '/api/boards/delay?from=2026-02-01&to=2026-03-01&grain=week');
      return board.charts.find((chart) => chart.id === 'on-time')?.headline?.value.replace(/\s%$/, '');
    };
    expect([await headline(alpha), await headline(all), await headline(iron), await headline(alpha)]).toEqual([
      '96.4',
      '48.2',
      '0',
      '96.4',
    ]);
  });

  test('are none where a filter names something outside, not those of everything', async () => {
    expect((await kept(alpha, `${window}&team=Beta`)).rows).toMatchObject([{ n: 0 }]);
    expect((await kept(alpha, `${window}&team=`)).rows).toMatchObject([{ n: 0 }]);
    expect((await kept(iron, `${window}&group=Gold`)).rows).toMatchObject([{ n: 0 }]);
    expect((await kept(iron, `${window}&team=Beta`)).rows).toMatchObject([{ n: 28 }]);
    expect((await kept(iron, `${window}&team=Alpha`)).rows).toMatchObject([{ n: 0 }]);
  });

  test.each(['team', 'service', 'group'] as const)('by the name that nothing has are none in both engines: %s', async (dimension) => {
    const request = { metric: 'on-time-first', from: '2026-02-01', to: '2026-03-01', zone: 'UTC', grain: 'all' as const };
    for (const engine of [server.engine, openPostgresEngine(pool)]) {
      expect((await queryMetric(engine, { ...request, filters: { [dimension]: [noName] } })).rows).toMatchObject([{ n: 0 }]);
      expect((await queryMetric(engine, request)).rows).toMatchObject([{ n: 56 }]);
    }
  });
});

test('a belief is compared with the number of the scope', async () => {
  const said = { metric: 'on-time-first', answer: 90, from: '2026-02-01', to: '2026-03-01' };
  const answered = await send<{ number: number; n: number }>(alpha, 'POST', '/api/beliefs', said);
  expect([answered.body.n, answered.body.number.toFixed(1)]).toEqual([28, '96.4']);
  expect((await send<{ n: number }>(all, 'POST', '/api/beliefs', said)).body.n).toBe(56);
});

describe('items', () => {
  test('of another team are as if there were none', async () => {
    const own = await server.ask(alpha, 'GET', `/api/items/${itemId('Alpha item 0')}`);
    const other = await server.ask(alpha, 'GET', `/api/items/${itemId('Beta item 28')}`);
    const none = await server.ask(alpha, 'GET', `/api/items/${itemId('no such item')}`);
    expect([own.status, other.status, none.status]).toEqual([200, 404, 404]);
    const said = ({ text }: { text: string }) => (JSON.parse(text) as { message: string }).message.replace(/[0-9a-f-]{36}/, 'X');
    expect(said(other)).toBe(said(none));
  });

  test('of a scope of team and group are those of both, not of either', async () => {
    const seen = async (scope: Scope) => {
      const { session } = await server.account(`Both ${JSON.stringify(scope)}`, 'lead', { scope });
      const items = [itemId('Alpha item 0'), itemId('Beta item 28')];
      return Promise.all(items.map(async (item) => (await server.ask(session, 'GET', `/api/items/${item}`)).status));
    };
    expect(await seen({ team: ['Alpha'], group: ['Gold'] })).toEqual([200, 404]);
    expect(await seen({ team: ['Alpha'], group: ['Iron'] })).toEqual([404, 404]);
  });

  test('that a team held once are seen by it, as they stand behind its numbers', async () => {
    const item = itemId('Beta item 30');
    await pool.query(
      `insert into facts.ownership (item_id, level, n, owner_id, from_at, to_at) values ($1, 'team', 1, $2, '2026-02-01', '2026-02-02')`,
      [item, id('team', 'Alpha')],
    );
    expect((await server.ask(alpha, 'GET', `/api/items/${item}`)).status).toBe(200);
    await pool.query('delete from facts.ownership where item_id = $1', [item]);
  });

  test('behind a mark, in the list of open ones and in the quality of data are those of the scope', async () => {
    const listed = await server.json<ItemsResponse>(iron, `/api/metrics/on-time-first/items?${window}&limit=200`);
    expect([listed.total, new Set(listed.items.map(({ customer }) => customer))]).toEqual([28, new Set(['Bolt'])]);
    const watch = await server.json<WatchResponse>(iron, '/api/watch?limit=200');
    expect([watch.open, watch.items.map(({ customer }) => customer)]).toEqual([1, ['Bolt']]);
    const { connections } = await server.json<QualityResponse>(alpha, '/api/quality?lang=en');
    expect(connections.map(({ items }) => items)).toEqual([28]);
    expect((await server.json<StateResponse>(alpha, '/api/state')).connections.map((one) => one.items)).toEqual([28]);
  });

  test('give the filters their names, and no others', async () => {
    const names = async (session: string, dimension: string) =>
      (await server.json<NamesResponse>(session, `/api/filters/${dimension}`)).names;
    expect([await names(alpha, 'team'), await names(alpha, 'customer'), await names(iron, 'group')]).toEqual([
      ['Alpha'],
      ['Acme'],
      ['Iron'],
    ]);
    expect(await names(all, 'customer')).toEqual(['Acme', 'Bolt']);
  });
});

describe('people', () => {
  test('of the company are pseudonyms, those of the views, unless names may be seen', async () => {
    const [person, item] = [id('person', 'Ada'), itemId('Alpha item 1')];
    await pool.query(`insert into core.person (id, connection_id, external_id, name) values ($1, $2, 'ada', 'Ada Lovelace')`, [
      person,
      id('connection', 'desk'),
    ]);
    await pool.query(
      `insert into core.event (item_id, event_id, at, seq, kind, person_id, record_id) values ($1, gen_random_uuid(), '2026-02-01', 1, 'changed', $2, gen_random_uuid())`,
      [item, person],
    );
    const told = async (session: string) =>
      (await server.json<ItemResponse>(session, `/api/items/${item}`)).events.map((event) => event.person);
    const { rows } = await pool.query<{ pseudonym: string }>(`select 'P-' || left(md5($1::text), 8) as pseudonym`, [person]);
    expect([await told(all), await told(alpha)]).toEqual([['Ada Lovelace'], [rows[0]?.pseudonym]]);
  });
});

describe('whose it is what goes on by itself', () => {
  const [rhythm, delivery] = [{ kind: 'weekly', weekday: 1, at: '08:00' }, { zone: 'UTC' }];
  const bodies = {
    schedules: { ...scheduleBody(), name: 'Owned', owner: 'Somebody else', rhythm, spec: { boards: [] } },
    'export-schedules': {
      name: 'Owned',
      source: { kind: 'view', view: 'item' },
      format: 'csv',
      destination: { kind: 'folder' },
      rhythm,
      zone: 'UTC',
    },
    alerts: {
      name: 'Owned',
      rule: { kind: 'threshold', metric: 'on-time-first', direction: 'below', threshold: 90, filters: { team: ['Alpha'] } },
      delivery,
    },
  };
  type Owned = { id: string; owner: string; ownerId: string | null; message?: string };

  test.each(['schedules', 'export-schedules', 'alerts'] as const)(
    'of %s: the account that made it, until an administrator hands it to another one, whatever it is called',
    async (kind) => {
      const [ann, bob] = [await server.account(`Ann of ${kind}`, 'lead'), await server.account(`Bob of ${kind}`, 'lead')];
      const admin = await server.account(`Admin of ${kind}`, 'admin');
      const made = await send<Owned>(ann.session, 'POST', `/api/${kind}`, bodies[kind]);
      expect(made).toMatchObject({ status: 201, body: { owner: `Ann of ${kind}`, ownerId: ann.id } });
      const change = (session: string, told: Record<string, unknown>) =>
        send<Owned>(session, 'PATCH', `/api/${kind}/${made.body.id}`, { ...bodies[kind], ...told });
      expect((await change(ann.session, { ownerId: bob.id })).body.message).toBe('Only an administrator hands this to another account.');
      expect((await change(admin.session, { owner: 'Nobody' })).body.ownerId).toBe(ann.id);
      expect((await change(admin.session, { ownerId: bob.id })).body).toMatchObject({ owner: `Bob of ${kind}`, ownerId: bob.id });
      await send(admin.session, 'PATCH', `/api/users/${bob.id}`, { name: `Robert of ${kind}` });
      const shown = async () => (await server.json<Owned[]>(admin.session, `/api/${kind}`)).find(({ id: one }) => one === made.body.id);
      expect(await shown()).toMatchObject({ owner: `Robert of ${kind}`, ownerId: bob.id });
      await send(admin.session, 'DELETE', `/api/users/${bob.id}`);
      expect(await shown()).toMatchObject({ owner: `Robert of ${kind}`, ownerId: null });
      // What nobody owns is of who changes it.
      expect((await change(admin.session, {})).body.ownerId).toBe(admin.id);
      await send(admin.session, 'DELETE', `/api/${kind}/${made.body.id}`);
    },
  );

  test('an export is handed to none who may not take it', async () => {
    const [lead, admin] = [await server.account('Lead of exports', 'lead'), await server.account('Giver', 'admin')];
    const viewer = await server.account('Looks on', 'viewer');
    const give = async (ownerId: string, told: Record<string, unknown>) =>
      (await send<Owned>(admin.session, 'POST', '/api/export-schedules', { ...bodies['export-schedules'], ...told, ownerId })).body.message;
    expect(await give(viewer.id, {})).toBe('Looks on may not sign in, or looks on only; hand it to somebody else.');
    const source = { kind: 'query', savedQuery: '00000000-0000-4000-8000-000000000000' };
    expect(await give(lead.id, { source })).toBe(
      'The account it belongs to may not take such files any more; an administrator can hand it to another one.',
    );
  });

  test('an export is out of reach of a token that sees less than its account, whose rights read the rows', async () => {
    const { id: lead, session } = await server.account('Lead with tokens', 'lead');
    const path = '/api/export-schedules';
    const made = await send<Owned>(session, 'POST', path, { ...bodies['export-schedules'], name: 'All items' });
    const asked = async (scope: Scope | null, method: 'GET' | 'POST', url: string, payload?: object) => {
      const maker = { id: lead, role: 'lead', only: null, scope: null } as const;
      const { key } = await makeToken(
        pool,
        maker,
        { name: `${method} ${url} ${scope === null}`, permissions: ['export'], scope, days: 1 },
        new Date(),
      );
      const headers = { host: '127.0.0.1:3000', authorization: `Bearer ${key}` };
      return (await server.app.inject({ method, url, headers, ...(payload && { payload }) })).statusCode;
    };
    const part = { team: ['Alpha'] };
    expect([await asked(part, 'POST', path, { ...bodies['export-schedules'], name: 'More' }), await asked(part, 'GET', path)]).toEqual([
      403, 403,
    ]);
    expect(await asked(part, 'POST', `${path}/${made.body.id}/run`)).toBe(403);
    expect([await asked(null, 'GET', `${path}/${made.body.id}`), await asked(null, 'GET', path)]).toEqual([200, 200]);
    await send(session, 'DELETE', `${path}/${made.body.id}`);
  });

  test('the file of an export is kept from its owner who sees less than when it was made', async () => {
    const { id: owner, session } = await server.account('Narrowed', 'lead', { scope: { team: ['Alpha', 'Beta'] } });
    const { body } = await send<Owned>(session, 'POST', '/api/export-schedules', { ...bodies['export-schedules'], name: 'Of two teams' });
    const taken = async (scope: Scope | null) => {
      const { rows } = await pool.query<{ id: string }>(
        `insert into app.export_due (schedule_id, zone, local_due, due_at, next_at, status, finished_at, file)
        select $1, 'UTC', '2026-03-01'::date + count(*)::int, now(), now(), 'made', now(), $2 from app.export_due where schedule_id = $1 returning id`,
        [body.id, JSON.stringify({ name: 'gone.csv', bytes: 4, place: 'x', scope })],
      );
      return (await send<Owned>(session, 'GET', `/api/export-schedules/runs/${rows[0]?.id}/file`)).body.message;
    };
    const gone = 'This file is not here: it was taken to its bucket, or removed because newer ones came.';
    const more = 'This file holds more than you may see now; the next one has what its owner may see then.';
    expect([await taken({ team: ['Alpha', 'Beta'] }), await taken({ team: ['Alpha'] }), await taken(null)]).toEqual([gone, gone, more]);
    await pool.query(`update app.account set scope = '{"team": ["Alpha"]}' where id = $1`, [owner]);
    expect([await taken({ team: ['Alpha', 'Beta'] }), await taken({ team: ['Alpha'] })]).toEqual([more, gone]);
    await send(session, 'DELETE', `/api/export-schedules/${body.id}`);
  });
});

describe('what is kept', () => {
  test('by who sees a part is about that part', async () => {
    const note = await send<Note>(alpha, 'POST', '/api/notes', { from: '2026-02-10', text: 'Move' });
    expect([note.status, note.body.scope]).toEqual([201, { team: ['Alpha'] }]);
    const target = await send<Target>(alpha, 'POST', '/api/targets', { metric: 'on-time-first', value: 90, by: 'Alpha lead' });
    expect([target.status, target.body.scope]).toEqual([201, { team: ['Alpha'] }]);
    const rule = { kind: 'threshold', metric: 'on-time-first', direction: 'below', threshold: 90, filters: { customer: ['Acme'] } };
    const alert = await send<AlertResponse>(alpha, 'POST', '/api/alerts', {
      name: 'Late',
      owner: 'Alpha lead',
      rule,
      delivery: { zone: 'UTC' },
    });
    expect([alert.status, alert.body.rule]).toMatchObject([201, { filters: { customer: ['Acme'], team: ['Alpha'] } }]);
    const [spec, rhythm] = [{ boards: [] }, { kind: 'weekly', weekday: 1, at: '08:00' }];
    const schedule = await send<Schedule>(alpha, 'POST', '/api/schedules', { ...scheduleBody(), rhythm, spec });
    expect([schedule.status, schedule.body.spec.filters]).toEqual([201, { team: ['Alpha'] }]);
    for (const kind of ['notes', 'targets', 'alerts', 'schedules']) {
      const seen = async (session: string) => (await server.json<unknown[]>(session, `/api/${kind}`)).length;
      expect([kind, await seen(all), await seen(alpha), await seen(iron)]).toEqual([kind, 1, 1, 0]);
    }
  });

  test('outside of the scope is refused with what may be seen', async () => {
    const scope = { team: ['Beta'] };
    const refused = await send<Note>(alpha, 'POST', '/api/notes', { from: '2026-02-10', text: 'Move', scope });
    expect([refused.status, refused.body.message]).toEqual([403, 'team "Beta" is outside of what you may see; known: Alpha.']);
    const stale = { name: 'Stale', owner: 'Me', rule: { kind: 'stale', hours: 4 }, delivery: { zone: 'UTC' } };
    expect((await send(alpha, 'POST', '/api/alerts', stale)).status).toBe(403);
  });

  test('as a note about a customer of others is not drawn on charts of the scope', async () => {
    await send(all, 'POST', '/api/notes', { from: '2026-02-10', text: 'Bolt moved', scope: { customer: ['Bolt'] } });
    const drawn = async (session: string) => {
      const board = await server.json<BoardResponse>(session, '/api/boards/delay?from=2026-02-01&to=2026-03-01&grain=week');
      return board.charts
        .find((chart) => chart.id === 'on-time')
        ?.notes.map(({ text }) => text)
        .sort();
    };
    expect([await drawn(all), await drawn(alpha), await drawn(iron)]).toEqual([['Bolt moved', 'Move'], ['Move'], ['Bolt moved']]);
    expect((await server.json<Note[]>(alpha, '/api/notes')).map(({ text }) => text)).toEqual(['Move']);
  });

  test('as a note about names of both shows each side its own, and is changed by neither', async () => {
    const scope = { customer: ['Acme', 'Bolt'] };
    const { body } = await send<Note>(all, 'POST', '/api/notes', { from: '2026-02-12', text: 'Both', scope });
    expect((await server.json<Note>(alpha, `/api/notes/${body.id}`)).scope).toEqual({ customer: ['Acme'] });
    const offered = async (session: string) =>
      (await server.json<NoteForAsker[]>(session, '/api/notes')).map(({ text, isWithin }) => [text, isWithin]);
    expect(await offered(alpha)).toEqual([
      ['Move', true],
      ['Both', false],
    ]);
    expect((await offered(all)).every(([, isWithin]) => isWithin)).toBe(true);
    expect((await send(alpha, 'PATCH', `/api/notes/${body.id}`, { text: 'Mine' })).status).toBe(403);
    expect((await send(iron, 'DELETE', `/api/notes/${body.id}`)).status).toBe(403);
  });
});

describe('summaries', () => {
  test('are made of the scope, and read by whoever may see all of it', async () => {
    const made = await send<ReportListed>(iron, 'POST', '/api/reports', { period: { from: '2026-02-01', to: '2026-03-01' } });
    expect(made.status).toBe(201);
    const path = `/api/reports/${made.body.id}`;
    const report = await server.json<ReportResponse>(iron, path);
    expect(report.spec).toMatchObject({ filters: { group: ['Iron'] } });
    expect(JSON.stringify(report)).not.toMatch(/Acme|Alpha item/);
    expect([(await server.ask(all, 'GET', path)).status, (await server.ask(alpha, 'GET', path)).status]).toEqual([200, 404]);
    expect([(await server.ask(all, 'GET', `${path}/pdf`)).status, (await server.ask(alpha, 'GET', `${path}/pdf`)).status]).toEqual([
      200, 404,
    ]);
  });

  test('go to no account that may see less', async () => {
    const [spec, rhythm] = [{ boards: [] }, { kind: 'weekly', weekday: 1, at: '08:00' }];
    const to = (address: string) => ({ ...scheduleBody({ name: 'To accounts', recipients: [recipient(address)] }), rhythm, spec });
    const refused = await send(all, 'POST', '/api/schedules', to('alpha-lead@company.test'));
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringContaining('may not see all of this')]);
    const added = await send<Schedule>(all, 'POST', '/api/schedules', to('all@company.test'));
    expect(added.status).toBe(201);
    expect((await send(alpha, 'POST', `/api/schedules/${added.body.id}/run`)).status).toBe(404);
    expect((await send(all, 'POST', `/api/schedules/${added.body.id}/run`)).status).toBe(202);
    // What it may see is less from now on.
    await pool.query(`update app.account set scope = '{"team": ["Alpha"]}' where email = 'all@company.test'`);
    await trialRunner(pool, { now: () => new Date() } as never).runDue();
    const { rows } = await pool.query<{ status: string; reason: string }>(
      'select status, reason from app.report_due where schedule_id = $1 and status <> $2',
      [added.body.id, 'planned'],
    );
    expect(rows).toEqual([{ status: 'skipped', reason: 'nobody' }]);
  });
});

test('whoever sees a part manages nothing, whatever the role', async () => {
  const { session } = await server.account('Part of an admin', 'admin', { scope: { team: ['Alpha'] } });
  expect((await server.ask(session, 'GET', '/api/connectors')).status).toBe(403);
  expect((await server.json<StateResponse>(session, '/api/state')).asker.permissions).not.toContain('manage');
});

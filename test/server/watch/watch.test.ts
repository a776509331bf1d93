import { beforeEach, describe, expect, test } from 'vitest';
import type { ErrorResponse, WatchCustomersResponse, WatchItem, WatchReason, WatchResponse } from '#server/api.js';
import { sampleDatabase } from '../../support/sample-company.js';
import { testServer } from '../dashboards/test-server.js';

const database = await sampleDatabase();
const { pool } = database;
const server = await testServer(database);
const list = (query = '') => server.json<WatchResponse>(`/api/watch${query}`);

beforeEach(() => pool.query('delete from app.watch_mark'));

describe('the list of the sample company', () => {
  test('names the items of the team that says nothing while it works, and tells that the customers do not know', async () => {
    const billing = await list('?team=Billing&reason=silent-untold&limit=200');
    expect(billing.total).toBeGreaterThanOrEqual(5);
    for (const item of billing.items) {
      expect(item).toMatchObject({ team: 'Billing', connection: 'Sample helpdesk', isTold: false });
      expect(['ours_active', 'ours_waiting']).toContain(item.court);
      expect(item.url).toMatch(/^https?:\/\//);
    }
    const others = await list('?reason=silent-untold&connection=Sample helpdesk&limit=200');
    expect(billing.total / others.total).toBeGreaterThan(0.5);
  });

  test.each<WatchReason>(['late-untold', 'silent-untold', 'late', 'likely-late'])(
    'has as many rows with the reason %s as it counts',
    async (reason) => {
      const { counts } = await list();
      const { items, total } = await list(`?reason=${reason}&limit=200`);
      expect(counts[reason]).toBeGreaterThan(0);
      expect(total).toBe(counts[reason]);
      expect(items.filter(({ reasons }) => reasons.includes(reason))).toHaveLength(counts[reason]);
    },
  );

  test('begins with those whose customer was not told, and gives each row once over its pages', async () => {
    const { items, total } = await list('?limit=200');
    const untold = items.map(({ reasons }) => reasons.some((reason) => reason.endsWith('untold')));
    expect(untold.lastIndexOf(true)).toBe(untold.filter(Boolean).length - 1);
    const pages = await Promise.all([0, 20, 40, 60].map((offset) => list(`?limit=20&offset=${offset}`)));
    expect(pages.flatMap((page) => page.items.map(({ id }) => id))).toEqual(items.slice(0, 80).map(({ id }) => id));
    expect(items).toHaveLength(total);
  });

  test('agrees with the board on how many open promises are late already', async () => {
    const { items } = await list('?limit=200');
    const { rows } = await server.json<{ rows: { values: Record<string, number> }[] }>(
      '/api/metrics/p-late?from=2026-11-16&to=2026-11-17&grain=all',
    );
    expect(items.filter(({ isLate }) => isLate)).toHaveLength(rows[0]?.values['alreadyLate'] ?? -1);
  });

  test('says what each chance rests on', async () => {
    const { items } = await list('?reason=likely-late&limit=200');
    for (const { chance } of items) {
      expect(chance?.late).toBeGreaterThanOrEqual(0.5);
      expect(chance?.late).toBeLessThan(1);
      expect(chance?.n).toBeGreaterThanOrEqual(5);
    }
  });

  test('by customer has all its rows once, the customer with most untold first', async () => {
    const { total } = await list();
    const { customers } = await server.json<WatchCustomersResponse>('/api/watch/customers?limit=200');
    expect(customers.reduce((sum, { items }) => sum + items, 0)).toBe(total);
    expect(customers.map(({ untold }) => untold)).toEqual(customers.map(({ untold }) => untold).sort((one, other) => other - one));
  });
});

describe('a question', () => {
  test('that names something unknown is answered with what is known', async () => {
    const { status, text } = await server.get('/api/watch?sort=luck');
    expect(status).toBe(400);
    expect((JSON.parse(text) as ErrorResponse).message).toMatch(/urgency/);
    expect((await list('?colour=red')).unknownParameters).toEqual(['colour']);
  });

  test('that matches nothing has no row, and says how many open ones there are', async () => {
    expect(await list('?team=Nobody')).toMatchObject({ open: 0, total: 0, items: [] });
  });
});

describe('handled', () => {
  const handle = (id: string, told: object) => server.post<WatchItem & ErrorResponse>(`/api/watch/${id}/handled`, told);
  const first = async () => {
    const [item] = (await list('?limit=1')).items;
    if (!item) throw new Error('The sample has open items that are late.');
    return item;
  };

  test('takes an item off the list with its note, and undoing brings it back', async () => {
    const { id } = await first();
    const { total } = await list();
    const { status, body } = await handle(id, { note: 'Called, new date on Friday', by: 'Ada' });
    expect(status).toBe(200);
    expect(body.mark).toMatchObject({ by: 'Ada', note: 'Called, new date on Friday', isHandled: true, since: null });
    expect(await list()).toMatchObject({ total: total - 1, handled: 1 });
    expect((await list('?handled=only')).items.map((item) => [item.id, item.mark?.by])).toEqual([[id, 'Ada']]);
    expect((await list('?handled=shown')).total).toBe(total);
    expect(await server.delete(`/api/watch/${id}/handled`)).toBe(200);
    expect(await list()).toMatchObject({ total, handled: 0 });
  });

  test('by two people at once is kept of one, and the other hears who', async () => {
    const { id } = await first();
    const both = await Promise.all(['Ada', 'Grace'].map((by) => handle(id, { note: `Called by ${by}`, by })));
    const [won, lost] = both.toSorted((one, other) => one.status - other.status);
    expect([won?.status, lost?.status]).toEqual([200, 409]);
    expect(lost?.body.message).toContain(`${won?.body.mark?.by} has handled this already`);
    expect(lost?.body.message).toContain(`Called by ${won?.body.mark?.by}`);
  });

  test.each([
    ['new-date', `due_at = due_at + interval '1 day'`],
    ['date-passed', 'was_late = not was_late'],
    ['reopened', 'cycle = cycle - 1'],
  ])('holds until something happens: %s', async (since, change) => {
    const { items } = await list('?reason=late-untold&limit=1');
    const id = items[0]?.id ?? '';
    await handle(id, { note: 'Called', by: 'Ada' });
    await pool.query(`update app.watch_mark set ${change}`);
    const again = (await list('?reason=late-untold&limit=200')).items.find((item) => item.id === id);
    expect(again?.mark).toMatchObject({ by: 'Ada', isHandled: false, since });
    expect((await handle(id, { note: 'Called again', by: 'Grace' })).status).toBe(200);
  });

  test('wants a note and a name, an item that is open, and something to undo', async () => {
    const { id } = await first();
    expect((await handle(id, { note: ' ', by: 'Ada' })).status).toBe(400);
    expect((await handle(id, { note: 'Called' })).status).toBe(400);
    expect((await handle('00000000-0000-4000-8000-000000000000', { note: 'Called', by: 'Ada' })).status).toBe(404);
    expect(await server.delete(`/api/watch/${id}/handled`)).toBe(404);
  });

  test('outlives a new reading of the item, and goes with its connection', async () => {
    const { id, connection } = await first();
    await handle(id, { note: 'Called', by: 'Ada' });
    const client = await pool.connect();
    const marks = async () => (await client.query('select from app.watch_mark')).rowCount;
    await client.query('begin');
    await client.query('delete from core.item where item_id = $1', [id]);
    expect(await marks()).toBe(1);
    await client.query('delete from ingest.connection where name = $1', [connection]);
    expect(await marks()).toBe(0);
    await client.query('rollback');
    client.release();
  });
});

test('says in the language of the reader what cannot be known', async () => {
  const lacking = { fidelity: 'none', reason: 'The mapping does not tell public from internal messages.' };
  await pool.query(`update ingest.connection set capabilities = jsonb_set(capabilities, '{messages}', $1) where name = 'Sample helpdesk'`, [
    JSON.stringify(lacking),
  ]);
  await pool.query('update facts.state set version = version + 1');
  await server.engine.refresh();
  const reasons = async (lang: string) => (await list(`?lang=${lang}`)).absent.map(({ reason }) => reason);
  expect(await reasons('en')).toEqual([lacking.reason]);
  expect(await reasons('tr')).toEqual(['Eşleme herkese açık mesajları iç mesajlardan ayırmıyor.']);
});

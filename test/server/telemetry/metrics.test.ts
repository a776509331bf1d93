import { expect, test } from 'vitest';
import { enqueueMail } from '#server/mail/outbox.js';
import { testDatabase } from '../../support/database.js';
import { testServer } from '../dashboards/test-server.js';

const database = await testDatabase();
const { pool } = database;
const server = await testServer(database);

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** Reads the text form as Prometheus does, and refuses what it would refuse: https://prometheus.io/docs/instrumenting/exposition_formats/ */
function parse(text: string): { samples: Sample[]; types: Map<string, string>; helps: Map<string, string> } {
  expect(text.endsWith('\n')).toBe(true);
  const types = new Map<string, string>();
  const helps = new Map<string, string>();
  const samples: Sample[] = [];
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line);
    if (comment) {
      const [, kind, name = '', rest = ''] = comment;
      const told = kind === 'TYPE' ? types : helps;
      expect(told.has(name), `${kind} of ${name} twice`).toBe(false);
      told.set(name, rest);
      continue;
    }
    const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (-?(?:[0-9.]+(?:e[+-]?\d+)?|Inf)|NaN|Nan|\+Inf)$/.exec(line);
    expect(sample, line).not.toBeNull();
    const [, name = '', labels = '', value = ''] = sample ?? [];
    const pairs = [...labels.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"(?:,|$)/g)].map(([, key = '', told = '']) => [
      key,
      told,
    ]);
    samples.push({ name, labels: Object.fromEntries(pairs), value: Number(value) });
  }
  return { samples, types, helps };
}

const scrape = async () => {
  const { status, headers, text } = await server.get('/metrics');
  expect(status).toBe(200);
  expect(headers['content-type']).toContain('text/plain; version=0.0.4');
  return parse(text);
};

test('every measure is named and typed as Prometheus asks, and said once', async () => {
  const { samples, types, helps } = await scrape();
  const ours = [...types.keys()].filter((name) => name.startsWith('throughline_'));
  expect(ours.length).toBeGreaterThan(12);
  for (const name of ours) {
    expect(helps.get(name), name).toMatch(/\.$/);
    expect(name).not.toMatch(/_(ms|millis|minutes|hours|kb|mb)$/);
    expect(name.endsWith('_total')).toBe(types.get(name) === 'counter');
  }
  const known = [...types.keys()];
  for (const { name } of samples) {
    expect(
      known.some((type) => name === type || [`${type}_bucket`, `${type}_sum`, `${type}_count`].includes(name)),
      name,
    ).toBe(true);
  }
  expect(new Set(samples.map(({ name, labels }) => `${name}${JSON.stringify(labels)}`)).size).toBe(samples.length);
});

test('requests are counted by their route as it is written, never by what was asked', async () => {
  await server.get('/api/notes/0190a1b2-0000-4000-8000-00000000beef?text=hidden-word');
  await server.get('/api/boards/delay?team=hidden-word');
  const { samples } = await scrape();
  const counted = samples.filter(({ name }) => name === 'throughline_http_request_duration_seconds_count');
  expect(counted).toContainEqual(expect.objectContaining({ labels: { method: 'GET', route: '/api/notes/:id', status: '404' }, value: 1 }));
  expect(counted.some(({ labels }) => labels['route'] === '/api/boards/:id')).toBe(true);
  expect(JSON.stringify(samples)).not.toMatch(/hidden-word|beef/);
});

test('tells what waits: mail, schedules, sources, facts', async () => {
  const to = { name: 'Ada', address: 'ada@example.test' };
  await enqueueMail(pool, 'one', { to, subject: 's', text: 't', html: 'h', attachments: [] });
  await pool.query(
    `insert into ingest.connection (id, name, connector, config, settings, capabilities, map_version, every_seconds, last_complete_at)
    values ('00000000-0000-0000-0000-000000000001', 'Help "desk"', 'zendesk', '{}', '{}', '{}', 1, 900, now() - interval '2 hours')`,
  );
  const { samples } = await scrape();
  const value = (name: string) =>
    samples.filter((sample) => sample.name === `throughline_${name}`).map(({ labels, value }) => [labels, value]);
  expect(value('mail_messages')).toEqual([[{ state: 'queued' }, 1]]);
  expect(value('schedules_overdue')).toEqual([[{}, 0]]);
  expect(value('database_up')).toEqual([[{}, 1]]);
  expect(value('facts_version')).toEqual([[{}, 0]]);
  const [[labels, seconds] = []] = value('source_age_seconds') as [Record<string, string>, number][];
  expect(labels).toEqual({ connection: 'Help \\"desk\\"' });
  expect(Math.round((seconds ?? 0) / 60)).toBe(120);
});

test('what the database does not tell is left out, not zero', async () => {
  await pool.query('alter table app.channel_dispatch rename to gone');
  const { samples } = await scrape();
  await pool.query('alter table app.gone rename to channel_dispatch');
  const names = samples.map(({ name }) => name);
  expect(samples.find(({ name }) => name === 'throughline_database_up')?.value).toBe(0);
  expect(names).not.toContain('throughline_facts_version');
  expect(names).toContain('process_resident_memory_bytes');
});

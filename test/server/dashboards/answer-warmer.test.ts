import { expect, test } from 'vitest';
import { boards } from '#dashboards/boards/index.js';
import { AnswerWarmer } from '#server/dashboards/answer-warmer.js';
import type { DashboardsService } from '#server/dashboards/dashboards.service.js';
import type { MetricEngine } from '#server/metrics/engine.js';
import { signals } from '#etl/connector.js';

/** A warmer of boards that are only written down; `whenAsked` may bring another version meanwhile. */
function warming(whenAsked: (facts: { version: number }) => void = () => undefined) {
  const facts = { version: 1 };
  const asked: string[] = [];
  const write = (name: string) => {
    asked.push(`${name} of ${facts.version}`);
    whenAsked(facts);
    return Promise.resolve({});
  };
  const dashboards = {
    state: () => Promise.resolve({ zone: 'UTC' }),
    board: write,
    headlines: () => write('headlines'),
    prepareFilters: () => Promise.resolve(),
  } as unknown as DashboardsService;
  const engine = { version: () => Promise.resolve(facts.version) } as unknown as MetricEngine;
  return { facts, asked, engine, warmer: new AnswerWarmer(dashboards, engine, boards) };
}

const everything = JSON.stringify(Object.fromEntries(signals.map((signal) => [signal, { fidelity: 'full' }])));
const all = (version: number) => [...boards.map(({ id }) => `${id} of ${version}`), `headlines of ${version}`];

test('answers every board at its first look, and once', async () => {
  const { asked, warmer } = warming();
  await warmer.look();
  await warmer.look();
  expect(asked).toEqual(all(1));
});

test('answers a later version when it has stayed for two looks', async () => {
  const { facts, asked, warmer } = warming();
  await warmer.look();
  for (facts.version of [2, 3, 3, 4, 4]) await warmer.look();
  expect(asked).toEqual(all(1));
  await warmer.look();
  expect(asked).toEqual([...all(1), ...all(4)]);
});

test('leaves off when another version comes in between', async () => {
  const { asked, warmer } = warming((facts) => (facts.version = 2));
  await warmer.look();
  expect(asked).toEqual([`${boards[0]?.id} of 1`]);
});

test('has what takes long prepared once the facts have stayed as they are for a while', async () => {
  const { engine, warmer } = warming();
  const held: string[] = [];
  const connection = { connection_id: 'one', name: 'one', as_of_at: '2026-11-16T00:00:00.000Z', capabilities: everything };
  engine.query = (sql) => Promise.resolve(sql.includes('from measured.connection') ? [connection] : []);
  engine.hold = (sql) => {
    held.push(sql);
    return Promise.resolve({ relation: 'held.rows_1', drop: () => Promise.resolve() });
  };
  for (let looks = 0; looks < 6; looks++) await warmer.look();
  expect(held).toEqual([]);
  for (let looks = 0; looks < 6; looks++) await warmer.look();
  expect(held.filter((sql) => sql.includes('opened_through_any'))).toHaveLength(1);
});

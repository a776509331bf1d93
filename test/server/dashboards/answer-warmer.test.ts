import { expect, test } from 'vitest';
import { boards } from '#dashboards/boards/index.js';
import { AnswerWarmer } from '#server/dashboards/answer-warmer.js';
import type { DashboardsService } from '#server/dashboards/dashboards.service.js';
import type { MetricEngine } from '#server/metrics/engine.js';

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
    state: () => Promise.resolve({}),
    board: write,
    headlines: () => write('headlines'),
  } as unknown as DashboardsService;
  const engine = { version: () => Promise.resolve(facts.version) } as unknown as MetricEngine;
  return { facts, asked, warmer: new AnswerWarmer(dashboards, engine, boards) };
}

const all = (version: number) => [...boards.map(({ id }) => `${id} of ${version}`), `headlines of ${version}`];

test('answers every board at its first look, and once', async () => {
  const { asked, warmer } = warming();
  await warmer.look();
  await warmer.look();
  expect(asked).toEqual(all(1));
});

test('answers a later version when it has stayed from one look to the next', async () => {
  const { facts, asked, warmer } = warming();
  await warmer.look();
  for (facts.version of [2, 3, 4]) await warmer.look();
  expect(asked).toEqual(all(1));
  await warmer.look();
  expect(asked).toEqual([...all(1), ...all(4)]);
});

test('leaves off when another version comes in between', async () => {
  const { asked, warmer } = warming((facts) => (facts.version = 2));
  await warmer.look();
  expect(asked).toEqual([`${boards[0]?.id} of 1`]);
});

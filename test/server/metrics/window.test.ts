import { expect, test } from 'vitest';
import { windowBuckets } from '#server/metrics/window.js';

const spans = (request: Parameters<typeof windowBuckets>[0]) =>
  windowBuckets(request).map((bucket) => [bucket.label, bucket.fromAt.toString(), bucket.toAt.toString(), bucket.isPartial]);

test('a day with a change to summer time has 23 hours', () => {
  expect(spans({ from: '2026-03-29', to: '2026-03-30', grain: 'day', zone: 'Europe/Berlin' })).toEqual([
    ['2026-03-29', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z', false],
  ]);
});

test('weeks begin on Monday, and the window cuts the first and the last', () => {
  expect(spans({ from: '2026-01-01', to: '2026-01-14', grain: 'week', zone: 'UTC' })).toEqual([
    ['2026-01-01', '2026-01-01T00:00:00Z', '2026-01-05T00:00:00Z', true],
    ['2026-01-05', '2026-01-05T00:00:00Z', '2026-01-12T00:00:00Z', false],
    ['2026-01-12', '2026-01-12T00:00:00Z', '2026-01-14T00:00:00Z', true],
  ]);
});

test('months are local, also in zones with half hours', () => {
  expect(spans({ from: '2026-02-01', to: '2026-04-01', grain: 'month', zone: 'Asia/Kolkata' })).toEqual([
    ['2026-02-01', '2026-01-31T18:30:00Z', '2026-02-28T18:30:00Z', false],
    ['2026-03-01', '2026-02-28T18:30:00Z', '2026-03-31T18:30:00Z', false],
  ]);
});

test('the whole window is one bucket', () => {
  expect(spans({ from: '2026-01-03', to: '2026-02-04', grain: 'all', zone: 'UTC' })).toEqual([
    ['all', '2026-01-03T00:00:00Z', '2026-02-04T00:00:00Z', false],
  ]);
});

test('more than a thousand buckets are refused with the remedy', () => {
  expect(() => windowBuckets({ from: '2020-01-01', to: '2026-01-01', grain: 'day', zone: 'UTC' })).toThrow(
    'From 2020-01-01 to 2026-01-01 there are more than 1000 buckets of one day; ask for a shorter window or a coarser grain.',
  );
});

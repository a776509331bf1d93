import { boards } from '#dashboards/boards/index.js';

/** What a measurement found, one line each: a name, milliseconds or a count, and the most it may be. */
export type Report = (line: { name: string; value: number; unit: 'ms' | 'n'; most?: number }) => void;

/** The promise of the issue. */
const mostMs = 150;

/**
 * Asks every board over HTTP as a reader who wanders about: other windows, grains, break-downs and filters each time, so that no answer
 * is remembered, then some of the same questions again. Reports the 95th percentile of each.
 */
export async function benchBoards(name: string, address: string, filter: { name: string; values: string[] }, report: Report): Promise<void> {
  const questions = boards.flatMap((board) => wanderings(filter).map((query) => `${address}/api/boards/${board.id}?${query}`));
  for (const board of boards) await took(`${address}/api/boards/${board.id}?from=2026-01-01&to=2026-02-01`);
  const first: number[] = [];
  for (const question of questions) first.push(await took(question));
  const again: number[] = [];
  for (const question of questions) again.push(await took(question));
  report({ name: `${name}: board responses asked for the first time`, value: first.length, unit: 'n' });
  report({ name: `${name}: board, first time, median`, value: quantile(first, 0.5), unit: 'ms' });
  report({ name: `${name}: board, first time, p95`, value: quantile(first, 0.95), unit: 'ms', most: mostMs });
  report({ name: `${name}: board, asked again, p95`, value: quantile(again, 0.95), unit: 'ms', most: mostMs });
}

function wanderings(filter: { name: string; values: string[] }): string[] {
  const windows = ['from=2026-05-18&to=2026-11-16', 'from=2026-08-17&to=2026-11-16', 'from=2025-11-17&to=2026-11-16', 'from=2026-10-19&to=2026-11-16'];
  const ways = ['grain=week', 'grain=month', 'grain=week&by=team', 'grain=month&by=type', 'grain=week&by=channel'];
  const filters = ['', ...filter.values.map((value) => `&${filter.name}=${encodeURIComponent(value)}`)];
  return windows.flatMap((window) => ways.flatMap((way) => filters.map((one) => `${window}&${way}${one}`)));
}

async function took(address: string): Promise<number> {
  const begin = performance.now();
  const response = await fetch(address);
  const body = await response.text();
  if (!response.ok) throw new Error(`GET ${address} answered ${response.status}: ${body.slice(0, 300)}`);
  return performance.now() - begin;
}

/** Type 7, as everywhere here. */
function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

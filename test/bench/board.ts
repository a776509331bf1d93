import { boards } from '#dashboards/boards/index.js';

/** What a measurement found, one line each: a name, milliseconds or a count, and the most it may be. */
export type Report = (line: { name: string; value: number; unit: 'ms' | 'n'; most?: number }) => void;

/** The promise of the issue. */
const mostMs = 150;

/**
 * Asks every board over HTTP as readers do. `opening`: as it opens, in every language and theme. `choice`: other windows, grains,
 * break-downs and filters each time, so that no answer is remembered. `again`: the same choices once more.
 */
export async function benchBoards(
  name: string,
  address: string,
  filter: { name: string; values: string[] },
  report: Report,
): Promise<void> {
  const addresses = (query: string) => boards.map((board) => `${address}/api/boards/${board.id}?${query}`);
  for (const opened of addresses('')) await took(opened);
  const looks = ['en', 'tr', 'fa', 'hy'].flatMap((lang) => ['light', 'dark'].map((theme) => `lang=${lang}&theme=${theme}`));
  const opening = await timesOf(looks.flatMap(addresses));
  const choices = wanderings(filter).flatMap(addresses);
  const choice = await timesOf(choices);
  const again = await timesOf(choices);
  report({ name: `${name}: opening of a board, p95 of ${opening.length}`, value: quantile(opening, 0.95), unit: 'ms', most: mostMs });
  report({ name: `${name}: a choice made before, p95 of ${again.length}`, value: quantile(again, 0.95), unit: 'ms', most: mostMs });
  report({ name: `${name}: a choice never made before, median of ${choice.length}`, value: quantile(choice, 0.5), unit: 'ms' });
  report({ name: `${name}: a choice never made before, p95 of ${choice.length}`, value: quantile(choice, 0.95), unit: 'ms' });
}

async function timesOf(addresses: string[]): Promise<number[]> {
  const times: number[] = [];
  for (const address of addresses) times.push(await took(address));
  return times;
}

function wanderings(filter: { name: string; values: string[] }): string[] {
  const windows = [
    'from=2026-05-18&to=2026-11-16',
    'from=2026-08-17&to=2026-11-16',
    'from=2025-11-17&to=2026-11-16',
    'from=2026-10-19&to=2026-11-16',
  ];
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

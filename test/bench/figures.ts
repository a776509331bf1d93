import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../support/import-directions.js';
import { sizes, type Size } from './kept-company.js';

/** What a measurement found. Times in ms, memory in MB, rates per second. */
export interface Figure {
  work: string;
  value: number;
  unit: 'ms' | 'MB' | 'kB' | '/s' | '×' | 'n';
  /** The promise: at most, or at least. */
  most?: number;
  least?: number;
}

/** Type 7, as everywhere here. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

/** Milliseconds the work takes. */
export async function msOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}

/** A figure without a promise keeps it. */
export function isMet({ value, most, least }: Figure): boolean {
  return most === undefined ? least === undefined || value >= least : value <= most;
}

export function line(figure: Figure): string {
  const { work, value, unit, most, least } = figure;
  const limit = most === undefined ? least : most;
  if (limit === undefined) return `${work}: ${shown(value)} ${unit}`;
  return `${work}: ${shown(value)} ${unit} (${most === undefined ? 'at least' : 'at most'} ${shown(limit)}${limit === 0 ? '' : `, ratio ${(value / limit).toFixed(2)}`}${isMet(figure) ? '' : ', NOT MET'})`;
}

export async function keep(size: Size, figures: readonly Figure[]): Promise<void> {
  await writeFile(keptIn(size), JSON.stringify(figures));
}

/** One row a measurement, one column a size: of this run and of the last one where this one left a size out. */
export async function growth(): Promise<string> {
  const all = Object.keys(sizes) as Size[];
  const kept = await Promise.all(all.map(async (size) => JSON.parse(await readFile(keptIn(size), 'utf8').catch(() => '[]')) as Figure[]));
  const works = [...new Set(kept.flat().map(({ work, unit }) => `${work} (${unit})`))];
  const cell = (figures: Figure[], name: string) => {
    const found = figures.find(({ work, unit }) => `${work} (${unit})` === name);
    return (found ? shown(found.value) : '–').padStart(11);
  };
  const width = Math.max(...works.map((name) => name.length), 0);
  const head = `${''.padEnd(width)}${all.map((size) => size.padStart(11)).join('')}`;
  return [head, ...works.map((name) => `${name.padEnd(width)}${kept.map((figures) => cell(figures, name)).join('')}`)].join('\n');
}

function keptIn(size: Size): string {
  return join(repositoryRoot, '.cache', 'bench', `${size}.json`);
}

function shown(value: number): string {
  return value >= 1_000 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(0) : value.toFixed(2);
}

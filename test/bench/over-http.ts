import { readFileSync } from 'node:fs';
import type { MetricResult } from '#dashboards/metric-result.js';
import { freePort, startServer } from '../support/built-server.js';
import { msOf, quantile, type Figure } from './figures.js';
import type { KeptCompany } from './kept-company.js';
import { address, boardAddresses, customerQuestions, openingAddresses, yearQuestions } from './questions.js';
import { changeThousand } from './thousand-changes.js';

/** The rest a server has before its memory is looked at: it prepares a million items in it, and what that took goes back to the system. */
const restMs = 180_000;

/** A whole part may take minutes, one answer may not: who waits for longer waits for nothing. */
const mostAnswerMs = 120_000;

/** The slowest answers that are told by name. */
const slowest = 12;

/** Asks the built server over the company as readers do, one request after the other. `tell` hears how far it is. */
export async function benchServer(company: KeptCompany, bare: readonly number[], tell: (text: string) => void): Promise<Figure[]> {
  const begin = performance.now();
  const step = (text: string) => tell(`${((performance.now() - begin) / 1_000).toFixed(0).padStart(4)} s: ${text}`);
  step('the server starts');
  const server = await startServer({ DATA_DIR: company.directory, PORT: String(await freePort()) });
  const ask = (path: string) => answerOf(`${server.address.replace(/\/$/, '')}${path}`);
  const timesOf = async (what: string, paths: readonly string[]) => {
    step(`${paths.length} × ${what}`);
    const times: number[] = [];
    for (const path of paths) times.push(await msOf(() => ask(path)));
    return times;
  };
  const rest = () => {
    step(`a rest of ${restMs / 60_000} minutes`);
    return new Promise((resolve) => setTimeout(resolve, restMs));
  };
  try {
    // Ready when what every board opens with has been answered.
    await timesOf('a board as it opens, the first time', openingAddresses());
    await rest();
    const atRest = memoryOf(server.pid());
    const opening = await timesOf('a board as it opens', openingAddresses());
    const year = yearQuestions().map((question) => address(`/api/metrics/${question.metric}`, question));
    const yearCold = await timesOf('a metric by week and team over a year', year);
    const ranked = yearQuestions().map(({ metric }, n) => ({ metric, ms: yearCold[n] ?? 0 }));
    for (const { metric, ms } of ranked.toSorted((one, other) => other.ms - one.ms).slice(0, slowest))
      step(`  ${metric}: ${ms.toFixed(0)} ms`);
    const yearAgain = await timesOf('the same again', year);
    const board = await timesOf('a board with a choice never made before', boardAddresses());
    const boardAgain = await timesOf('the same again', boardAddresses());
    const customer = customerQuestions();
    const filtered = await timesOf(
      'a filter by one customer',
      customer.map((question) => address(`/api/metrics/${question.metric}`, question)),
    );
    const drilled = await timesOf(
      'a drill to its items',
      customer.map((question) => address(`/api/metrics/${question.metric}/items`, { ...question, grain: 'all' }, { bucket: 'all' })),
    );
    step('1,000 items change, four times');
    const changes = await changeThousand(company.pool, async () => {
      const path = address('/api/metrics/satisfaction', { from: '2026-11-09', to: '2026-11-16', grain: 'all' });
      const { rows } = (await ask(path)) as MetricResult;
      return rows[0]?.n ?? 0;
    });
    await rest();
    const p95 = (times: readonly number[]) => quantile(times, 0.95);
    return [
      {
        work: `a metric by week and team over a year, never asked before, p95 of ${year.length}`,
        value: p95(yearCold),
        unit: 'ms',
        most: 100,
      },
      { work: 'the same, median', value: quantile(yearCold, 0.5), unit: 'ms' },
      { work: 'the same, asked again, p95', value: p95(yearAgain), unit: 'ms' },
      { work: 'the same, over the same SQL alone in DuckDB, ratio of p95', value: p95(yearCold) / p95(bare), unit: '×', most: 3 },
      { work: `a whole board as it opens, warm server, p95 of ${opening.length}`, value: p95(opening), unit: 'ms', most: 400 },
      { work: `a whole board with a choice never made before, p95 of ${board.length}`, value: p95(board), unit: 'ms' },
      { work: 'the same, asked again, p95', value: p95(boardAgain), unit: 'ms' },
      { work: `a filter by one customer, never asked before, p95 of ${filtered.length}`, value: p95(filtered), unit: 'ms', most: 100 },
      { work: `a drill to its items, p95 of ${drilled.length}`, value: p95(drilled), unit: 'ms', most: 100 },
      { work: `1,000 items changed, loaded to seen, worst of ${changes.length}`, value: Math.max(...changes), unit: 'ms', most: 2_000 },
      { work: 'memory of the server at rest, after its start', value: atRest, unit: 'MB', most: 1_200 },
      { work: 'memory of the server at rest, after all of this', value: memoryOf(server.pid()), unit: 'MB' },
    ];
  } finally {
    await server.stop();
  }
}

async function answerOf(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(mostAnswerMs) });
  const text = await response.text();
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

/** Resident megabytes of a process. */
function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kilobytes) * 1_024) / 1e6;
}

import type pg from 'pg';
import { numberOf } from '#dashboards/charts/drawing.js';
import type { Board } from '#dashboards/dashboard.js';
import { dayBefore, formatter, missing, type Formatter } from '#dashboards/format.js';
import { keyOf, translator, type Conventions, type Locale } from '#dashboards/i18n/messages.js';
import { isOfPerson, type Owner } from '../access/own.js';
import type { BeliefQuestion, BeliefRecord, BeliefState } from '../api.js';
import { calendarAsked } from '../dashboards/asked.js';
import { findBoard } from '../dashboards/boards.js';
import { firstDayOf, shiftDay } from '../metrics/calendar.js';
import { readDataSpan } from '../metrics/data-span.js';
import { believable } from '../metrics/definitions/expectation/belief-gap.js';
import { findMetric } from '../metrics/definitions/index.js';
import type { MetricEngine } from '../metrics/engine.js';
import { periodWindow } from '../metrics/periods.js';
import { queryMetrics } from '../metrics/query.js';
import type { MetricRequest } from '../metrics/request.js';
import { scopeKey } from '../metrics/scope-key.js';
import { Refusal } from '../refusal.js';

/** Answers a person is shown beside the new one. */
const mostRecords = 8;

export interface Asked extends Conventions {
  board: string;
  person: Owner;
  locale: Locale;
  /** Of which items. */
  filters: NonNullable<MetricRequest['filters']>;
}

interface Told {
  from: string;
  to: string;
  answer: number;
}

/** The chart and the metric a board asks about; null where it asks about none. Throws `Missing` for an unknown board. */
export function beliefOf(boards: readonly Board[], id: string): { chart: string; metric: string } | null {
  const board = findBoard(boards, id);
  const chart = board.charts.find((one) => one.id === board.belief);
  const query = chart?.queries.find(({ role }) => role === 'now');
  return chart && query ? { chart: chart.id, metric: believable(query.metric, findMetric).id } : null;
}

/**
 * What a person is asked on a board: about the last complete quarter of his calendar, once, and only where the number can be told. With
 * what he has said of the number before, the latest first.
 */
export async function beliefQuestion(pool: pg.Pool, engine: MetricEngine, boards: readonly Board[], asked: Asked): Promise<BeliefState> {
  const about = beliefOf(boards, asked.board);
  if (!about) return { question: null, records: [] };
  const calendar = calendarAsked(asked);
  const span = await readDataSpan(pool);
  const { from, to } = periodWindow('last-quarter', span, calendar);
  const told = await readTold(pool, asked, about.metric);
  const windows = [{ from, to }, ...told];
  const results = await queryMetrics(
    engine,
    windows.map((window) => ({
      metric: about.metric,
      from: window.from,
      to: window.to,
      zone: span.zone,
      grain: 'all' as const,
      filters: asked.filters,
    })),
  );
  const format = formatter(asked.locale, asked);
  const { values } = findMetric(about.metric);
  const rowOf = (index: number) => results[index]?.rows[0];
  const valueOf = (index: number) => {
    const row = rowOf(index);
    return row ? numberOf(row, values[0]) : null;
  };
  const isOver = told.some((one) => one.from === from && one.to === to) || (await isSkipped(pool, asked, { from, to }));
  const name = translator(asked.locale, asked)(keyOf(`metric.${about.metric}.name`));
  const period = periodText({ from, to }, format, calendar);
  const question: BeliefQuestion = { ...about, name, from, to, period };
  return {
    question: isOver || valueOf(0) === null ? null : question,
    records: told.map((one, index) =>
      record(one, { value: valueOf(index + 1), row: rowOf(index + 1) }, periodText(one, format, calendar), format),
    ),
  };
}

/** Keeps that a person passed the question over. Throws a `Refusal` for a board that asks none. */
export async function skipBelief(
  pool: pg.Pool,
  boards: readonly Board[],
  skipped: { person: Owner; board: string; from: string; to: string },
): Promise<void> {
  const { person, board, from, to } = skipped;
  if (!beliefOf(boards, board)) throw new Refusal(`The board "${board}" asks nothing, so there is nothing to skip.`);
  if (from >= to) throw new Refusal(`The window from ${from} to ${to} is empty; to is the first day left out.`);
  await pool.query(
    `insert into app.belief_skip (owner_account_id, person, board, from_on, to_on) values ($1, $2, $3, $4, $5)
    on conflict do nothing`,
    [person.account, person.name, board, from, to],
  );
}

async function readTold(pool: pg.Pool, { person, filters }: Asked, metric: string): Promise<Told[]> {
  const { rows } = await pool.query<Told>(
    `select to_char(from_on, 'YYYY-MM-DD') as from, to_char(to_on, 'YYYY-MM-DD') as to, answer
    from app.belief
    where ${isOfPerson('$1', '$2')} and metric = $3 and scope = $4
    order by from_on desc, to_on desc
    limit $5`,
    [person.account, person.name, metric, scopeKey(filters), mostRecords],
  );
  return rows;
}

async function isSkipped(pool: pg.Pool, { person, board }: Asked, { from, to }: { from: string; to: string }): Promise<boolean> {
  const { rowCount } = await pool.query(
    `select from app.belief_skip where ${isOfPerson('$1', '$2')} and (board, from_on, to_on) = ($3, $4, $5)`,
    [person.account, person.name, board, from, to],
  );
  return rowCount !== 0;
}

function record(
  { from, to, answer }: Told,
  { value, row }: { value: number | null; row: { n: number; lo: number | null; hi: number | null } | undefined },
  period: string,
  format: Formatter,
): BeliefRecord {
  const isBounded = row !== undefined && row.lo !== null && row.hi !== null;
  return {
    from,
    to,
    period,
    answer: format.value(answer, '%'),
    number: value === null ? missing : format.value(value, '%'),
    interval: isBounded ? [format.value(row.lo, '%'), format.value(row.hi, '%')] : null,
    gap: value === null ? missing : format.difference(answer - value, '%'),
    n: row?.n ?? 0,
  };
}

/** The name of a quarter, or the days. */
function periodText({ from, to }: { from: string; to: string }, format: Formatter, calendar: 'gregorian' | 'jalali'): string {
  const isQuarter = firstDayOf(from, 'quarter', calendar) === from && shiftDay(from, 1, 'quarter', calendar) === to;
  return isQuarter ? format.bucket(from, 'quarter') : `${format.date(from)} – ${format.date(dayBefore(to))}`;
}

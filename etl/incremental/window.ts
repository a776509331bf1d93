import { SourceError, type Cursor, type Json, type Page, type RawRecord, type StreamDef, type UnreadableRecord } from '../connector.js';

/** How a stream is asked for what changed since the last time. */
export interface WindowRules {
  grain: Exclude<StreamDef['grain'], 'id'>;
  /** How far before the last watermark reading begins again: what is late by less is never missed. */
  overlapMs: number;
  /** How long the tool may take to show a change: the watermark stays this far behind its clock. */
  lagMs: number;
  /**
   * What the tool shows is complete up to `lagMs` before its clock, so that the watermark follows the clock even where nothing
   * changed: for a tool whose answers grow with the time that is asked for.
   */
  followsClock?: boolean;
  /** A deeper look back now and then: nothing that comes late by no more than `depthMs` is missed for good. */
  sweep?: { everyMs: number; depthMs: number };
}

/** One page of a stream ordered by time of change, as the connector read it. */
export interface WindowPage {
  /** `at`: the time of change that the stream is ordered by, ISO. */
  rows: { at: string; record: RawRecord | UnreadableRecord }[];
  /** Where to go on after this page, within this run. */
  position: Json;
  isLast: boolean;
  /** The tool's own clock, ISO. */
  sourceNow: string | null;
  progress?: Page['progress'];
  warnings?: string[];
}

interface Run {
  /** Closed lower bound, ISO; null from the start. */
  from: string | null;
  /** The lower bound without the sweep. */
  ordinary: string | null;
  isSweep: boolean;
  /** The tool's clock at the first page. */
  startedAt: string | null;
  seen: string | null;
  position: Json;
}

interface State {
  /** All that the tool showed up to here is stored. */
  watermark: string | null;
  sourceNow: string | null;
  sweptAt: string | null;
  run: Run | null;
}

/**
 * Reads what changed since the cursor: closed lower bound with overlap, and a watermark that moves only when the last page is in, to the
 * latest change seen but never past the tool's clock at the start less the lag. A run that was broken off goes on where it stood.
 */
export async function* readWindow(
  cursor: Cursor | null,
  rules: WindowRules,
  pages: (from: string | null, position: Json) => AsyncIterable<WindowPage>,
): AsyncGenerator<Page> {
  const state = stateOf(cursor);
  const run = state.run ?? beginRun(state, rules);
  for await (const page of pages(run.from, run.position)) {
    run.startedAt ??= page.sourceNow;
    for (const { at } of page.rows) run.seen = later(run.seen, at);
    run.position = page.position;
    const next: State = page.isLast ? endRun(state, run, page, rules) : { ...state, run };
    yield {
      records: page.rows.map(({ at, record }) => (isLate(at, run) && !('unreadable' in record) ? { ...record, isLate: true } : record)),
      next: { v: 1, state: structuredClone(next) as unknown as Json },
      done: page.isLast,
      sourceNow: page.sourceNow,
      ...(page.progress ? { progress: page.progress } : {}),
      ...(page.warnings ? { warnings: page.warnings } : {}),
    };
    if (page.isLast) return;
  }
}

/** A cursor as if all up to `watermark` were read: for a connector that reads the past in a way of its own first. */
export function windowFrom(watermark: string | null, sourceNow: string | null): Cursor {
  const state: State = { watermark, sourceNow, sweptAt: sourceNow, run: null };
  return { v: 1, state: state as unknown as Json };
}

/** Floors an instant to the grain in which the tool can be asked, so that the bound stays closed. ISO in UTC. */
export function floorTo(grain: WindowRules['grain'], at: string): string {
  const unit = { ms: 1, s: 1_000, min: 60_000, day: 86_400_000 }[grain];
  return new Date(Math.floor(Date.parse(at) / unit) * unit).toISOString();
}

function beginRun(state: State, rules: WindowRules): Run {
  const { watermark, sourceNow, sweptAt } = state;
  const ordinary = watermark === null ? null : back(watermark, rules.overlapMs, rules.grain);
  const isDue =
    rules.sweep !== undefined &&
    sourceNow !== null &&
    sweptAt !== null &&
    Date.parse(sourceNow) - Date.parse(sweptAt) >= rules.sweep.everyMs;
  // From the last sweep on, not from the watermark: what it could not see yet is no older than its depth before it.
  const deep =
    isDue && watermark !== null && sweptAt !== null ? back(earlier(watermark, sweptAt), rules.sweep?.depthMs ?? 0, rules.grain) : ordinary;
  return { from: deep, ordinary, isSweep: isDue, startedAt: null, seen: null, position: null };
}

function endRun(state: State, run: Run, page: WindowPage, rules: WindowRules): State {
  const clock = run.startedAt ?? run.seen;
  const horizon = clock === null ? null : back(clock, rules.lagMs, rules.grain);
  const latest = rules.followsClock ? horizon : run.seen;
  const reached = latest === null || horizon === null ? null : earlier(latest, horizon);
  return {
    watermark: reached === null ? state.watermark : later(state.watermark, reached),
    sourceNow: page.sourceNow ?? state.sourceNow,
    sweptAt: run.isSweep || state.sweptAt === null ? clock : state.sweptAt,
    run: null,
  };
}

function stateOf(cursor: Cursor | null): State {
  if (cursor === null) return { watermark: null, sourceNow: null, sweptAt: null, run: null };
  if (cursor.v !== 1) {
    throw new SourceError(
      `The checkpoint is of version ${cursor.v}, which this program does not know; sync the connection anew with --full.`,
    );
  }
  return structuredClone(cursor.state) as unknown as State;
}

function isLate(at: string, run: Run): boolean {
  return run.ordinary !== null && Date.parse(at) < Date.parse(run.ordinary);
}

function back(at: string, ms: number, grain: WindowRules['grain']): string {
  return floorTo(grain, new Date(Date.parse(at) - ms).toISOString());
}

function later(a: string | null, b: string): string {
  return a === null || Date.parse(b) > Date.parse(a) ? b : a;
}

function earlier(a: string, b: string): string {
  return Date.parse(a) <= Date.parse(b) ? a : b;
}

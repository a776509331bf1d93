import type { Cursor, Json, Page } from '../connector.js';
import { readWindow, windowFrom, type WindowPage, type WindowRules } from './window.js';

/** How far back the first reading begins, so that the boards live before the past is in. */
const recentMs = 30 * 86_400_000;

interface State {
  /** The past, up to where the first reading began; null: it is read. */
  past: { until: string; position: Json } | null;
  window: Cursor | null;
}

/**
 * Reads what changed in the last month first, then all that is older, then what changed meanwhile; from then on what changed
 * since the last time. `clock`: the tool's own; where it has none, everything is read in the order of its change.
 */
export async function* readRecentFirst(
  cursor: Cursor | null,
  rules: WindowRules,
  pages: (from: string | null, position: Json) => AsyncIterable<WindowPage>,
  clock: () => Promise<string | null>,
): AsyncGenerator<Page> {
  const state = cursor ? (structuredClone(cursor.state) as unknown as State) : await begin(clock);
  const next = (): Cursor => ({ v: 1, state: structuredClone(state) as unknown as Json });
  const isFirst = state.past !== null;
  const isPast = state.past !== null && state.past.position !== null;

  if (isFirst && !isPast) {
    for await (const page of readWindow(state.window, rules, pages)) {
      state.window = page.next;
      if (page.done && state.past) state.past.position = { begun: null };
      yield { ...page, next: next(), done: false };
    }
  }
  if (state.past) {
    const { until, position } = state.past;
    for await (const page of pages(null, (position as { begun: Json }).begun)) {
      const isOver = page.isLast || page.rows.some(({ at }) => Date.parse(at) >= Date.parse(until));
      state.past = isOver ? null : { until, position: { begun: page.position } };
      const { sourceNow, warnings = [] } = page;
      yield { records: page.rows.map(({ record }) => record), next: next(), done: false, sourceNow, warnings };
      if (isOver) break;
    }
  }
  for await (const page of readWindow(state.window, rules, pages)) {
    state.window = page.next;
    yield { ...page, next: next() };
  }
}

async function begin(clock: () => Promise<string | null>): Promise<State> {
  const now = await clock();
  if (now === null) return { past: null, window: null };
  const until = new Date(Date.parse(now) - recentMs).toISOString();
  return { past: { until, position: null }, window: windowFrom(until, now) };
}

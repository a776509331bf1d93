import type { ItemResponse } from '#server/api.js';

/** One item's history laid out on one time axis. Positions are percent of its length. */
export interface Span {
  start: number;
  width: number;
  name: string;
  seconds: number;
  from: string;
}

export interface Story {
  from: number;
  to: number;
  courts: Span[];
  owners: Span[];
  /** Ours, and our last public word older than promised. */
  stale: Span[];
  /** From a handoff until the receiver did something; `name` is the receiver. */
  waits: Span[];
  ticks: { at: number; iso: string }[];
  place(iso: string): number;
}

const ticksWanted = 6;
const day = 86_400_000;
const tickSteps = [1 / 24, 3 / 24, 0.25, 0.5, 1, 2, 7, 14, 28, 56, 91, 182, 364].map((days) => days * day);

export function layOut(item: ItemResponse): Story {
  const from = Date.parse(item.createdAt);
  const end = item.finishedAt ?? item.asOf ?? item.events.at(-1)?.at ?? item.createdAt;
  const heard = item.events.filter((event) => event.kind === 'said' || event.kind === 'rated').map((event) => Date.parse(event.at));
  const last = Math.max(from + 60_000, Date.parse(end), ...heard);
  const dues = item.promises.map((promise) => Date.parse(promise.dueAt)).filter((due) => due <= last + (last - from) / 2);
  const to = Math.max(last, ...dues);
  const share = (at: number) => (100 * (Math.min(Math.max(at, from), to) - from)) / (to - from);
  const spans = (name: (interval: ItemResponse['intervals'][number]) => string | null): Span[] => {
    const found: Span[] = [];
    for (const interval of item.intervals) {
      const label = name(interval);
      const start = Date.parse(interval.from);
      const stop = interval.to === null ? last : Date.parse(interval.to);
      if (label === null || stop <= start) continue;
      const before = found.at(-1);
      const width = share(stop) - share(start);
      if (before && before.name === label && Math.abs(before.start + before.width - share(start)) < 1e-6) {
        before.width += width;
        before.seconds += (stop - start) / 1_000;
      } else found.push({ start: share(start), width, name: label, seconds: (stop - start) / 1_000, from: interval.from });
    }
    return found;
  };
  const step = tickSteps.find((candidate) => (to - from) / candidate <= ticksWanted) ?? (to - from) / ticksWanted;
  const ticks = Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
  return {
    from,
    to,
    courts: spans((interval) => interval.court),
    owners: spans((interval) => interval.team ?? interval.person ?? ''),
    stale: spans((interval) => (!interval.isFresh && interval.court.startsWith('ours') ? 'stale' : null)),
    waits: handoffsShown(item).flatMap((handoff) => {
      const start = Date.parse(handoff.at);
      // What nobody has done anything with yet waits until the item ends, or the data does.
      const seconds = handoff.waitSeconds ?? Math.max(0, last - start) / 1_000;
      if (seconds === 0) return [];
      return [{ start: share(start), width: share(start + seconds * 1_000) - share(start), name: handoff.to, seconds, from: handoff.at }];
    }),
    ticks: ticks.map((at) => ({ at: share(at), iso: new Date(at).toISOString() })).filter((tick) => tick.at <= 93),
    place: (iso) => share(Date.parse(iso)),
  };
}

/** Between teams, or between persons where no team is told. */
export function handoffsShown({ handoffs }: Pick<ItemResponse, 'handoffs'>): ItemResponse['handoffs'] {
  const between = handoffs.filter((handoff) => handoff.level === 'team');
  return between.length > 0 ? between : handoffs;
}

/** Seconds in each court, the longest first. */
export function courtTotals(story: Story): { court: string; seconds: number; percent: number }[] {
  const totals = new Map<string, number>();
  for (const span of story.courts) totals.set(span.name, (totals.get(span.name) ?? 0) + span.seconds);
  const all = [...totals.values()].reduce((sum, seconds) => sum + seconds, 0) || 1;
  return [...totals].map(([court, seconds]) => ({ court, seconds, percent: (100 * seconds) / all })).sort((a, b) => b.seconds - a.seconds);
}

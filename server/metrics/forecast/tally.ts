import { countUpTo } from './sorted.js';

/** A unit that counts from one instant, inclusive, to another, exclusive. */
export interface TimedMark {
  from: number;
  to: number;
  mark: number;
}

/**
 * Answers how many of the units that count at an instant have a mark above a value. What has changed since the last instant asked
 * for goes into a binary indexed tree (Fenwick 1994); an earlier instant begins anew, so ask in the order of time.
 */
export function tallyAbove(units: readonly TimedMark[]): (at: number, value: number) => number {
  const marks = Float64Array.from(units, ({ mark }) => mark).sort();
  const changes: [at: number, place: number][] = [];
  for (const { from, to, mark } of units) {
    const place = countUpTo(marks, mark);
    changes.push([from, place]);
    if (to < Infinity) changes.push([to, -place]);
  }
  changes.sort(([one], [other]) => one - other);
  const instants = Float64Array.from(changes, ([at]) => at);
  /** Negative where the unit counts no more. */
  const places = Int32Array.from(changes, ([, place]) => place);
  const tree = new Int32Array(marks.length + 1);
  let taken = 0;
  let all = 0;
  let reached = -Infinity;
  const take = (change: number) => {
    const by = Math.sign(change);
    all += by;
    for (let node = Math.abs(change); node < tree.length; node += node & -node) tree[node] = (tree[node] ?? 0) + by;
  };
  return (at, value) => {
    if (at < reached) {
      tree.fill(0);
      taken = 0;
      all = 0;
    }
    if (at !== reached) while (taken < instants.length && (instants[taken] ?? NaN) <= at) take(places[taken++] ?? 0);
    reached = at;
    let upTo = 0;
    for (let node = countUpTo(marks, value); node > 0; node -= node & -node) upTo += tree[node] ?? 0;
    return all - upTo;
  };
}

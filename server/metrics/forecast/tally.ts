import { countBelow, countUpTo } from './sorted.js';

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
  const { instants, places } = changesOf(units, marks);
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

/**
 * What changes when, in the order of time: the place of a mark that counts from then on, negative where it counts no more. Numbers alone
 * are sorted, and each change looks its instant up: pairs would be sorted ten times as slowly.
 */
function changesOf(units: readonly TimedMark[], marks: Float64Array): { instants: Float64Array; places: Int32Array } {
  const instants = Float64Array.from(units.flatMap(({ from, to }) => (to < Infinity ? [from, to] : [from]))).sort();
  const places = new Int32Array(instants.length);
  /** By the first of equal instants, how many of them have their place. */
  const placed = new Uint32Array(instants.length);
  const put = (at: number, place: number) => {
    const first = countBelow(instants, at);
    const further = placed[first] ?? 0;
    places[first + further] = place;
    placed[first] = further + 1;
  };
  for (const { from, to, mark } of units) {
    const place = countUpTo(marks, mark);
    put(from, place);
    if (to < Infinity) put(to, -place);
  }
  return { instants, places };
}

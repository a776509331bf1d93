import type { FollowUp } from '../statistics/survival.js';
import { learnCurve, type Curve } from './curve.js';
import { groupNames, looks, type GivenPromise, type State } from './promise-history.js';
import { countUpTo } from './sorted.js';

/** An item open with a promised date, as it is asked about. */
export interface OpenState extends State {
  /** Share of the promised time that has passed, 0 to below 1. */
  passed: number;
}

/** What became of the promises of a connection, by how much of their time had passed. */
export interface PromiseCourse {
  /** Promises still open at that share of their time. */
  atRisk(passed: number): number;
  /**
   * Share of them not finished by the date. Of those in the same court, of these those with the same team, and of these those of
   * the same type, each is drawn towards the wider group as if that were so many more of them.
   */
  late(asked: OpenState): number;
  /** Share of the promised time after which half of those open have finished; null where that is not reached. */
  medianLeft(passed: number): number | null;
}

/** Weight of the wider group: where fewer are at risk it tells more than they do. */
const widerWeight = 30;

/** Prepares promises to be learned from; answers with what was known at an instant (epoch seconds) of those whose date had passed by then. */
export function promiseCourses(promises: readonly GivenPromise[]): (at: number) => PromiseCourse {
  const byLook = new Map<number, Map<string, GivenPromise[]>>();
  const membersAt = (look: number): Map<string, GivenPromise[]> => {
    const known = byLook.get(look) ?? groupedAt(promises, look);
    byLook.set(look, known);
    return known;
  };
  return (at) => {
    const whole = groupKnown(promises, at);
    const groups = new Map<string, Group>();
    const groupOf = (look: number, name: string): Group => {
      const key = `${look}\n${name}`;
      const known = groups.get(key) ?? groupKnown(membersAt(look).get(name) ?? [], at);
      groups.set(key, known);
      return known;
    };
    let curve: Curve | undefined;
    return {
      atRisk: (passed) => countAbove(whole.exits, passed),
      late(asked) {
        const look = Math.floor(asked.passed * looks);
        return groupNames(asked).reduce(
          (wider, name) => {
            const { n, late } = outcome(groupOf(look, name), asked.passed);
            return (late + widerWeight * wider) / (n + widerWeight);
          },
          shareLate(whole, asked.passed),
        );
      },
      medianLeft: (passed) => (curve ??= learnCurve(promises.flatMap((promise) => followedAt(promise, at) ?? []))).medianLeft(passed),
    };
  };
}

/** In shares of the promised time, 1 being the date; null where the date had not passed. */
function followedAt({ said, due, spans }: GivenPromise, at: number): FollowUp | null {
  if (due > at) return null;
  const known = spans.find(({ from, to }) => at >= from && at < to);
  if (!known) return null;
  const exit = (known.ended === 0 ? Math.min(at, known.seenTo) : known.from) - said;
  return exit > 0 ? { exit: exit / (due - said), ended: known.ended } : null;
}

/** Ascending shares of time: when each was no longer open, and those finished by the date. */
interface Group {
  exits: Float64Array;
  kept: Float64Array;
}

function groupKnown(promises: readonly GivenPromise[], at: number): Group {
  const exits: number[] = [];
  const kept: number[] = [];
  for (const promise of promises) {
    const followed = followedAt(promise, at);
    if (!followed) continue;
    exits.push(followed.exit);
    if (followed.ended === 1 && followed.exit <= 1) kept.push(followed.exit);
  }
  return { exits: Float64Array.from(exits).sort(), kept: Float64Array.from(kept).sort() };
}

function groupedAt(promises: readonly GivenPromise[], look: number): Map<string, GivenPromise[]> {
  const members = new Map<string, GivenPromise[]>();
  for (const promise of promises) {
    for (const name of promise.groups[look] ?? []) {
      const group = members.get(name);
      if (group) group.push(promise);
      else members.set(name, [promise]);
    }
  }
  return members;
}

function outcome({ exits, kept }: Group, passed: number): { n: number; late: number } {
  const n = countAbove(exits, passed);
  return { n, late: n - countAbove(kept, passed) };
}

function shareLate(group: Group, passed: number): number {
  const { n, late } = outcome(group, passed);
  return n === 0 ? 1 : late / n;
}

function countAbove(sorted: Float64Array, value: number): number {
  return sorted.length - countUpTo(sorted, value);
}

import type { FollowUp } from '../statistics/survival.js';
import { learnCurve, type Curve } from './curve.js';
import { groupNames, looks, type GivenPromise, type State } from './promise-history.js';
import { countUpTo } from './sorted.js';
import { tallyAbove } from './tally.js';

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

/**
 * Prepares promises to be learned from; answers with what was known at an instant (epoch seconds) of those whose date had passed by
 * then. Fast where the instants asked for ascend.
 */
export function promiseCourses(promises: readonly GivenPromise[]): (at: number) => PromiseCourse {
  const byDate = promises.toSorted((one, other) => one.due - other.due);
  const whole = outcomesOf(byDate);
  const byLook = new Map<number, Map<string, GivenPromise[]>>();
  const membersAt = (look: number): Map<string, GivenPromise[]> => {
    const known = byLook.get(look) ?? groupedAt(byDate, look);
    byLook.set(look, known);
    return known;
  };
  const groups = new Map<string, Outcomes>();
  const groupOf = (look: number, name: string): Outcomes => {
    const key = `${look}\n${name}`;
    const known = groups.get(key) ?? outcomesOf(membersAt(look).get(name) ?? []);
    groups.set(key, known);
    return known;
  };
  return (at) => {
    const followed = () => promises.flatMap((promise) => followedAt(promise, at) ?? []);
    let exits: Float64Array | undefined;
    let curve: Curve | undefined;
    return {
      atRisk(passed) {
        if (passed < 1) return whole(at, passed).n;
        exits ??= Float64Array.from(followed(), ({ exit }) => exit).sort();
        return exits.length - countUpTo(exits, passed);
      },
      late(asked) {
        const look = Math.floor(asked.passed * looks);
        return groupNames(asked).reduce(
          (wider, name) => {
            const { n, late } = groupOf(look, name)(at, asked.passed);
            return (late + widerWeight * wider) / (n + widerWeight);
          },
          shareLate(whole(at, asked.passed)),
        );
      },
      medianLeft: (passed) => (curve ??= learnCurve(followed())).medianLeft(passed),
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

/** At an instant, of the promises open after a share of their time (below 1): how many they are, and how many missed the date. */
type Outcomes = (at: number, passed: number) => { n: number; late: number };

function outcomesOf(promises: readonly GivenPromise[]): Outcomes {
  const exits = promises.flatMap(exitsOf);
  const open = tallyAbove(exits);
  const kept = tallyAbove(exits.filter(({ isKept }) => isKept));
  return (at, passed) => {
    const n = open(at, passed);
    return { n, late: n - kept(at, passed) };
  };
}

/** When it was no longer open, as a share of its time, and from when to when that was known; one open past the date counts as never. */
function exitsOf({ said, due, spans }: GivenPromise): { from: number; to: number; mark: number; isKept: boolean }[] {
  return spans.flatMap(({ from, to, ended }) => {
    const mark = ended === 0 ? Infinity : (from - said) / (due - said);
    return to > due && mark > 0 ? [{ from: Math.max(from, due), to, mark, isKept: ended === 1 && mark <= 1 }] : [];
  });
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

function shareLate({ n, late }: { n: number; late: number }): number {
  return n === 0 ? 1 : late / n;
}

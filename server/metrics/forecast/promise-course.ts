import type { FollowUp } from '../statistics/survival.js';
import { learnCurve, type Curve } from './curve.js';
import { looks, rememberedNames, type GivenPromise, type State } from './promise-history.js';
import { countUpTo } from './sorted.js';
import { tallyAbove, type TimedMark } from './tally.js';

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
  const known = promises.map((promise) => ({ groups: promise.groups, exits: exitsOf(promise) }));
  const whole = outcomesOf(known.flatMap(({ exits }) => exits));
  const groupOf = Array.from({ length: looks }, (_, look) => groupsAt(known, look));
  const namesOf = rememberedNames();
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
        const { passed } = asked;
        const group = groupOf[Math.floor(passed * looks)];
        let share = shareLate(whole(at, passed));
        for (const name of namesOf(asked)) {
          const { n, late } = group?.(name)?.(at, passed) ?? none;
          share = (late + widerWeight * share) / (n + widerWeight);
        }
        return share;
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

const none = { n: 0, late: 0 };

function outcomesOf(exits: readonly Exit[]): Outcomes {
  const open = tallyAbove(exits);
  const kept = tallyAbove(exits.filter(({ isKept }) => isKept));
  return (at, passed) => {
    const n = open(at, passed);
    return { n, late: n - kept(at, passed) };
  };
}

interface Exit extends TimedMark {
  isKept: boolean;
}

/** When it was no longer open, as a share of its time, and from when to when that was known; one open past the date counts as never. */
function exitsOf({ said, due, spans }: GivenPromise): Exit[] {
  return spans.flatMap(({ from, to, ended }) => {
    const mark = ended === 0 ? Infinity : (from - said) / (due - said);
    return to > due && mark > 0 ? [{ from: Math.max(from, due), to, mark, isKept: ended === 1 && mark <= 1 }] : [];
  });
}

/** The outcomes of each group at a look, made where they are asked for; none for a group that had no promise then. */
function groupsAt(
  promises: readonly { groups: GivenPromise['groups']; exits: readonly Exit[] }[],
  look: number,
): (name: string) => Outcomes | undefined {
  let members: Map<string, Exit[]> | undefined;
  const outcomes = new Map<string, Outcomes>();
  return (name) => {
    const known = outcomes.get(name);
    if (known) return known;
    members ??= membersAt(promises, look);
    const exits = members.get(name);
    if (!exits) return undefined;
    const made = outcomesOf(exits);
    outcomes.set(name, made);
    return made;
  };
}

function membersAt(promises: readonly { groups: GivenPromise['groups']; exits: readonly Exit[] }[], look: number): Map<string, Exit[]> {
  const members = new Map<string, Exit[]>();
  for (const { groups, exits } of promises) {
    for (const name of groups[look] ?? []) {
      const group = members.get(name);
      if (group) group.push(...exits);
      else members.set(name, [...exits]);
    }
  }
  return members;
}

function shareLate({ n, late }: { n: number; late: number }): number {
  return n === 0 ? 1 : late / n;
}

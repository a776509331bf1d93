import { countBelow, countUpTo, firstPlace } from './sorted.js';
import { shareTolerance, type FollowUp } from '../statistics/survival.js';

/** What followed for units of an age, learned from followed units. Ages and times in seconds. */
export interface Curve {
  /** Units still open just after an age, under observation by then: what the answers for that age rest on. */
  atRisk(age: number): number;
  /**
   * Probability that a unit open at `age` happens within `left` more, that instant included: (F(age + left) − F(age)) / S(age), F the
   * cumulative incidence with other ends competing (Aalen & Johansen 1978), S the share still open. Where nothing ends otherwise it
   * is 1 − S(age + left) / S(age) of Kaplan & Meier 1958.
   */
  within(age: number, left: number): number;
  /** Time after `age` by which half of those open then have happened; null where it is not reached. */
  medianLeft(age: number): number | null;
}

/** Learns the curve; the order of the units does not matter. */
export function learnCurve(units: readonly FollowUp[]): Curve {
  const exits = Float64Array.from(units, (unit) => unit.exit).sort();
  const entries = Float64Array.from(units, (unit) => unit.entry ?? -1).sort();
  const points = endPoints(units, exits, entries);
  const ages = Float64Array.from(points, (point) => point.at);
  const fromStart = runningFrom(points, 0);
  /** The course of those open at an age; the common one, scaled, unless nobody was left in it. */
  const courseFrom = (age: number): { first: number; happened(index: number): number } => {
    const first = countUpTo(ages, age);
    const open = first === 0 ? 1 : (fromStart.open[first - 1] ?? 0);
    if (open < smallestOpen) {
      const course = runningFrom(points, first);
      return { first, happened: (index) => course.happened[index - first] ?? 0 };
    }
    const before = first === 0 ? 0 : (fromStart.happened[first - 1] ?? 0);
    return { first, happened: (index) => ((fromStart.happened[index] ?? 0) - before) / open };
  };
  return {
    atRisk: (age) => countUpTo(entries, age) - countUpTo(exits, age),
    within(age, left) {
      const { first, happened } = courseFrom(age);
      const last = countUpTo(ages, age + left) - 1;
      return last < first ? 0 : Math.min(1, happened(last));
    },
    medianLeft(age) {
      const { first, happened } = courseFrom(age);
      const index = firstPlace(first, points.length, (place) => happened(place) >= 0.5 - shareTolerance);
      const point = points[index];
      return point ? point.at - age : null;
    },
  };
}

/** Where next to nobody is left of a course, what follows is worked out anew from there. */
const smallestOpen = 1e-6;

/** Incidence and share still open at each point from `first` on, 0 and 1 before it. */
function runningFrom(points: readonly EndPoint[], first: number): { happened: Float64Array; open: Float64Array } {
  const happened = new Float64Array(points.length - first);
  const open = new Float64Array(points.length - first);
  let incidence = 0;
  let share = 1;
  points.slice(first).forEach((point, index) => {
    incidence += (share * point.happened) / point.atRisk;
    share *= 1 - point.ends / point.atRisk;
    happened[index] = incidence;
    open[index] = share;
  });
  return { happened, open };
}

interface EndPoint {
  at: number;
  happened: number;
  ends: number;
  atRisk: number;
}

/** Ages at which something ended, with those at risk: entered before and not gone before. */
function endPoints(units: readonly FollowUp[], exits: Float64Array, entries: Float64Array): EndPoint[] {
  const ended = units.filter((unit) => unit.ended !== 0).sort((one, other) => one.exit - other.exit);
  const points: EndPoint[] = [];
  for (const unit of ended) {
    let point = points.at(-1);
    if (point?.at !== unit.exit) {
      point = { at: unit.exit, happened: 0, ends: 0, atRisk: countBelow(entries, unit.exit) - countBelow(exits, unit.exit) };
      points.push(point);
    }
    point.ends++;
    if (unit.ended === 1) point.happened++;
  }
  return points.filter((point) => point.atRisk > 0);
}

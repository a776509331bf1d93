import type { MetricEngine } from '../engine.js';
import { findSources } from '../source.js';
import { learnCurve, type Curve } from './curve.js';
import { horizonsAt, knownAt, readHistory, type Stratum } from './history.js';
import { promiseCourses, type PromiseCourse } from './promise-course.js';
import { countBelow, countUpTo } from './sorted.js';
import { readPromises } from './promise-history.js';

/** Fewer at risk do not bear a forecast: the next wider stratum answers. */
const fewestAtRisk = 30;
/** Of the widest stratum this many will do; below them there is no forecast. */
const fewestAtAll = 5;

/** Whose history answers: the promises of the connection; else items of the same type and priority, of the type, or all. */
export type StratumLevel = 'promises' | 'type-priority' | 'type' | 'all';

export interface Forecast {
  /** Probability that it is not finished by its date. */
  p: number;
  readonly stratum: StratumLevel;
  /** Units of that history still open at this age, or at this share of the promised time. */
  readonly atRisk: number;
  /** Age by which half of such items are finished; null where the history does not tell. */
  readonly medianAge: number | null;
}

/** An open item with a date, as its state was when asked. */
export interface Asked {
  connectionId: string;
  type: string;
  /** Empty for none. */
  priority: string;
  /** Whose turn it is; empty where nobody knows. */
  court: string;
  /** The team that has it; empty for none. */
  team: string;
  /** Seconds since creation. */
  age: number;
  /** Seconds since the date was given. */
  given: number;
  /** Seconds until the date; 0 or less where it has passed: it is late. */
  left: number;
}

export interface Forecaster {
  /** Forecasts with what was known at the instant (epoch seconds) and nothing later. Fast where the instants ascend. */
  knowing(at: number): (asked: Asked) => Forecast | null;
}

const learned = new WeakMap<MetricEngine, { version: number; forecaster: Promise<Forecaster> }>();

/** Learns from the history of every connection that tells a finish; once for each version of the facts. */
export async function openForecaster(engine: MetricEngine): Promise<Forecaster> {
  const version = await engine.version();
  const last = learned.get(engine);
  if (last?.version === version) return last.forecaster;
  const forecaster = learn(engine);
  learned.set(engine, { version, forecaster });
  forecaster.catch(() => learned.delete(engine));
  return forecaster;
}

async function learn(engine: MetricEngine): Promise<Forecaster> {
  const { sources } = await findSources(engine, ['finish'], undefined);
  const dated = await findSources(engine, ['finish', 'due', 'first-due'], undefined);
  const [strata, promises] = await Promise.all([
    sources.length === 0 ? [] : readHistory(engine, sources),
    dated.sources.length === 0 ? [] : readPromises(engine, dated.sources),
  ]);
  const courses = new Map([...promises].map(([connectionId, given]) => [connectionId, promiseCourses(given)]));
  const known = new Map<number, (asked: Asked) => Forecast | null>();
  return {
    knowing(at) {
      const forecast = known.get(at) ?? forecastsAt(strata, courses, at);
      known.set(at, forecast);
      if (known.size > mostKept) known.delete([...known.keys()][0] ?? at);
      return forecast;
    },
  };
}

/** What was learned for this many instants is kept: those of a year of months. More would take memory, and who asks goes by time. */
const mostKept = 12;

/**
 * By the promises of the connection, on the clock of the promise, where enough of them were decided: a date says what the age of an
 * item does not, above all one that is given late in its life. Else by the age of items.
 */
function forecastsAt(
  strata: readonly Stratum[],
  coursesOf: ReadonlyMap<string, (at: number) => PromiseCourse>,
  at: number,
): (asked: Asked) => Forecast | null {
  const byAge = ageForecasts(strata, at);
  const courses = new Map<string, PromiseCourse>();
  return (asked) => {
    const { connectionId, given, left } = asked;
    const course = courses.get(connectionId) ?? coursesOf.get(connectionId)?.(at);
    if (course) courses.set(connectionId, course);
    const passed = given / (given + left);
    const isLate = left <= 0;
    if (!course || given + left <= 0 || course.atRisk(isLate ? 0 : passed) < fewestAtRisk) return byAge(asked);
    return new PromiseForecast(
      isLate ? 1 : course.late({ type: asked.type, court: asked.court, team: asked.team, passed }),
      course,
      asked,
      passed,
    );
  };
}

/** Made by the hundred thousand, and mostly asked for `p` alone: what else it knows is looked up where it is read. */
class PromiseForecast implements Forecast {
  readonly stratum = 'promises';

  constructor(
    readonly p: number,
    private readonly course: PromiseCourse,
    private readonly asked: Asked,
    private readonly passed: number,
  ) {}

  get atRisk(): number {
    return this.course.atRisk(this.passed);
  }

  get medianAge(): number | null {
    const { age, given, left } = this.asked;
    const medianLeft = this.course.medianLeft(this.passed);
    return medianLeft === null ? null : age + medianLeft * (given + left);
  }
}

/** Items of an age, and since when they could be followed. */
interface AgeGroup {
  curve: Curve;
  horizons: Float64Array;
}

function ageForecasts(strata: readonly Stratum[], at: number): (asked: Asked) => Forecast | null {
  const groups = new Map<string, AgeGroup>();
  const groupOf = (key: string, belongs: (stratum: Stratum) => boolean): AgeGroup => {
    const known = groups.get(key);
    if (known) return known;
    const members = strata.filter(belongs);
    const horizons = members.flatMap((stratum) => [...horizonsAt(stratum, at)]);
    const group = { curve: learnCurve(members.flatMap((stratum) => knownAt(stratum, at))), horizons: Float64Array.from(horizons).sort() };
    groups.set(key, group);
    return group;
  };
  const byAge = ({ type, priority, age, left }: Asked): Forecast | null => {
    const levels = [
      ['type-priority', () => groupOf(`${type}\n${priority}`, (other) => other.type === type && other.priority === priority)],
      ['type', () => groupOf(type, (other) => other.type === type)],
      ['all', () => groupOf('', () => true)],
    ] as const;
    for (const [stratum, group] of levels) {
      const { curve, horizons } = group();
      const atRisk = curve.atRisk(age);
      if (atRisk < (stratum === 'all' ? fewestAtAll : fewestAtRisk)) continue;
      if (left > 0 && !isSeenTo(horizons, age, left)) continue;
      const medianLeft = curve.medianLeft(age);
      return { p: 1 - curve.within(age, left), stratum, atRisk, medianAge: medianLeft === null ? null : age + medianLeft };
    }
    return null;
  };
  return (asked) => (asked.left <= 0 ? lateAlready(() => byAge(asked)) : byAge(asked));
}

/** Late, whatever the history of its age says; that is looked up where it is read. */
function lateAlready(byAge: () => Forecast | null): Forecast {
  let seen: Omit<Forecast, 'p'> | undefined;
  const looked = () => (seen ??= byAge() ?? { stratum: 'all', atRisk: 0, medianAge: null });
  return {
    p: 1,
    get stratum() {
      return looked().stratum;
    },
    get atRisk() {
      return looked().atRisk;
    },
    get medianAge() {
      return looked().medianAge;
    },
  };
}

/** Whether half of the items older than an age could be followed for so much longer: a young history knows no late end. */
function isSeenTo(horizons: Float64Array, age: number, left: number): boolean {
  const older = horizons.length - countUpTo(horizons, age);
  return 2 * (horizons.length - countBelow(horizons, age + left)) >= older;
}

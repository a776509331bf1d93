import type { MetricEngine } from '../engine.js';
import { findSources } from '../source.js';
import type { FollowUp } from '../statistics/survival.js';
import { learnCurve, type Curve } from './curve.js';
import { knownAt, readHistory, type Stratum } from './history.js';

/** Fewer at risk at the age of the item do not bear a forecast: the next wider stratum answers. */
const fewestAtRisk = 30;
/** Of the widest stratum this many will do; below them there is no forecast. */
const fewestAtAll = 5;

/** Whose history answers: items of the same type and priority, of the type, or all. */
export type StratumLevel = 'type-priority' | 'type' | 'all';

export interface Forecast {
  /** Probability that it is not finished by its date. */
  p: number;
  stratum: StratumLevel;
  /** Items of that history still open at this age. */
  atRisk: number;
  /** Age by which half of such items are finished; null where the history does not tell. */
  medianAge: number | null;
}

export interface Asked {
  type: string;
  priority: string;
  /** Seconds since creation. */
  age: number;
  /** Seconds until the date; 0 or less where it has passed: it is late. */
  left: number;
}

export interface Forecaster {
  /** Forecasts with what was known at the instant (epoch seconds) and nothing later. */
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
  const strata = sources.length === 0 ? [] : await readHistory(engine, sources);
  const known = new Map<number, (asked: Asked) => Forecast | null>();
  return {
    knowing(at) {
      const forecast = known.get(at) ?? forecastsAt(strata, at);
      known.set(at, forecast);
      if (known.size > mostKept) known.delete([...known.keys()][0] ?? at);
      return forecast;
    },
  };
}

/** Curves of this many instants are kept: those of a year of weeks and a backtest of months. */
const mostKept = 64;

function forecastsAt(strata: readonly Stratum[], at: number): (asked: Asked) => Forecast | null {
  const units = new Map(strata.map((stratum) => [stratum, knownAt(stratum, at)]));
  const curves = new Map<string, Curve>();
  const curveOf = (key: string, belongs: (stratum: Stratum) => boolean): Curve => {
    const curve = curves.get(key) ?? learnCurve(pooled(units, belongs));
    curves.set(key, curve);
    return curve;
  };
  return ({ type, priority, age, left }) => {
    const levels = [
      ['type-priority', () => curveOf(`${type}\n${priority}`, (other) => other.type === type && other.priority === priority)],
      ['type', () => curveOf(type, (other) => other.type === type)],
      ['all', () => curveOf('', () => true)],
    ] as const;
    for (const [stratum, learned] of levels) {
      const curve = learned();
      const atRisk = curve.atRisk(age);
      if (atRisk < (stratum === 'all' ? fewestAtAll : fewestAtRisk)) continue;
      const medianLeft = curve.medianLeft(age);
      return { p: left <= 0 ? 1 : 1 - curve.within(age, left), stratum, atRisk, medianAge: medianLeft === null ? null : age + medianLeft };
    }
    return left <= 0 ? { p: 1, stratum: 'all', atRisk: 0, medianAge: null } : null;
  };
}

function pooled(units: ReadonlyMap<Stratum, FollowUp[]>, belongs: (stratum: Stratum) => boolean): FollowUp[] {
  return [...units].flatMap(([stratum, followed]) => (belongs(stratum) ? followed : []));
}

import type pg from 'pg';
import type { Conventions, Locale } from '#dashboards/i18n/messages.js';
import type { Ratchet, Target, TargetMove } from '../api.js';
import { firstDayOf, shiftDay } from '../metrics/calendar.js';
import { readDataSpan } from '../metrics/data-span.js';
import type { MetricEngine } from '../metrics/engine.js';
import type { DataSpan } from '../metrics/periods.js';
import { checkRequest } from '../metrics/request.js';
import { Refusal } from '../refusal.js';
import { fewestWeeks, lastingLevel } from './ratchet.js';
import { targetMetric } from './target-metric.js';
import { checkTargetValue, readTargetValue } from './target-value.js';
import { addTarget, changeTarget, findTarget, named, type NewMove, type TargetKey } from './targets.js';

/** What is said of a target; what is left out stays as it is. */
export interface Setting {
  /** As a person writes it, or a number in the metric's unit. A new ratchet without one begins with the level that has lasted. */
  value?: string | number | undefined;
  /** Local date from which it holds. Default: the first day of the quarter of the last complete week. */
  from?: string | undefined;
  by: string;
  note?: string | undefined;
  /** Null: set by hand. */
  ratchet?: Ratchet | null | undefined;
}

export interface Desk {
  pool: pg.Pool;
  engine: MetricEngine;
  reader: { locale: Locale } & Conventions;
}

/** Throws a `Refusal` for what cannot be, and `Conflict` where the number has a target. */
export async function setTarget(
  desk: Desk,
  asked: Omit<TargetKey, 'part'> & { part?: string | null | undefined },
  setting: Setting,
): Promise<Target> {
  const { pool, reader } = desk;
  const { metric, part } = targetMetric(asked.metric, asked.part ?? null, reader.locale);
  const key: TargetKey = { metric, part, scope: asked.scope };
  const ratchet = setting.ratchet ?? null;
  const { span, from } = await beginning(pool, key, setting.from);
  const id = await addTarget(pool, key, ratchet, await firstMove(desk, key, { ...setting, ratchet, from }, span));
  return findTarget(pool, id, undefined, reader);
}

/** Throws `Missing` for a target there is not. */
export async function resetTarget(desk: Desk, id: string, setting: Setting): Promise<Target> {
  const { pool, reader } = desk;
  const before = await findTarget(pool, id);
  const { span, from } = await beginning(pool, before, setting.from);
  const isNewRatchet = setting.ratchet != null && before.ratchet === null;
  const hasMove = setting.value !== undefined || isNewRatchet;
  if (!hasMove && setting.ratchet === undefined) throw new Refusal('Nothing to change; give a value, or say whether it is a ratchet.');
  const move = hasMove ? await firstMove(desk, before, { ...setting, from }, span) : undefined;
  await changeTarget(pool, id, { ratchet: setting.ratchet, move, from });
  return findTarget(pool, id, undefined, reader);
}

/** The first day of the quarter in which the last complete week of the data ends. */
export function standardFrom({ last }: DataSpan): string {
  if (last === null) throw new Refusal('There is no data yet, so there is no level to aim from; import some with throughline import.');
  const sunday = shiftDay(firstDayOf(shiftDay(last, 1, 'day', 'gregorian'), 'week', 'gregorian'), -1, 'day', 'gregorian');
  return firstDayOf(sunday, 'quarter', 'gregorian');
}

async function beginning(
  pool: pg.Pool,
  { metric, scope }: TargetKey,
  asked: string | undefined,
): Promise<{ span: DataSpan; from: string }> {
  const span = await readDataSpan(pool);
  const from = asked ?? standardFrom(span);
  checkRequest({ metric, from, to: shiftDay(from, 1, 'day', 'gregorian'), zone: span.zone, grain: 'all', filters: scope });
  return { span, from };
}

async function firstMove(
  desk: Desk,
  key: TargetKey,
  { value, from, by, note = '', ratchet }: Setting & { from: string },
  span: DataSpan,
): Promise<NewMove> {
  const { hasInterval, unit } = targetMetric(key.metric, key.part);
  if (ratchet && !hasInterval) throw new Refusal(`A ratchet needs an interval, and ${named(key)} has none; set its target by hand.`);
  const move = { from, by, note: note.trim() || null };
  if (typeof value === 'string') return { ...move, value: readTargetValue(value, unit, desk.reader), seen: null };
  if (value !== undefined) {
    checkTargetValue(value, unit, desk.reader);
    return { ...move, value, seen: null };
  }
  if (!ratchet) throw new Refusal(`A target set by hand needs a value for ${named(key)}.`);
  const seen: TargetMove['seen'] = await lastingLevel(desk.engine, key, { before: from, weeks: ratchet.weeks, zone: span.zone });
  if (seen === null)
    throw new Refusal(
      `Fewer than ${fewestWeeks} of the ${ratchet.weeks} weeks before ${from} have a value of ${named(key)}; give the first target yourself, or a later day.`,
    );
  return { ...move, value: seen.median, seen };
}

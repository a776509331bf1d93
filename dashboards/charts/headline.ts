import type { Answer, Headline } from '../dashboard.js';
import type { MetricRow } from '../metric-result.js';
import { countText, noteText, numberOf, unitOfValue, type Sketch } from './drawing.js';
import { intervalUnit } from './table.js';
import { aim } from './aim.js';

/**
 * The metric over the whole window, against the one it is compared with. A change is called better or worse only where the
 * two intervals lie apart; otherwise it is said to be within the usual variation.
 */
export function headline(now: Answer | undefined, before: Answer | undefined, sketch: Sketch): Headline | null {
  const row = now?.result.rows[0];
  if (!now || !row) return null;
  const { definition, say, format } = sketch;
  const part = definition.value ?? now.info.values[0];
  const unit = unitOfValue(now.info, part);
  const value = numberOf(row, part);
  const isInterval = row.lo !== null && row.hi !== null && part === now.info.values[0];
  const count = countText(now, row.n, say);
  const intervalIn = intervalUnit(now);
  return {
    value: format.value(value, unit),
    basis: isInterval
      ? say('headline.basis', { count, lo: format.value(row.lo, intervalIn), hi: format.value(row.hi, intervalIn) })
      : count,
    change: value === null ? null : change(now, row, before?.result.rows[0], part, sketch),
    note: noteText(aboutPart(row, part, now), say) || null,
    ...aim(now, value, isInterval && intervalIn === unit ? row : { lo: null, hi: null }, sketch),
  };
}

/** Notes on values that the headline does not show would only puzzle. */
function aboutPart(row: MetricRow, part: string | undefined, now: Answer): MetricRow {
  const others = now.info.values.filter((name) => name !== part);
  const words = (row.note ?? '').split(';').filter((word) => !others.some((name) => word.endsWith(`:${name}`)));
  return { ...row, note: words.join(';') };
}

function change(now: Answer, row: MetricRow, before: MetricRow | undefined, part: string | undefined, sketch: Sketch): Headline['change'] {
  const { say, format } = sketch;
  const { compare = 'previous' } = sketch.context;
  if (compare === 'none') return null;
  const unit = unitOfValue(now.info, part);
  const value = numberOf(row, part);
  const old = before ? numberOf(before, part) : null;
  if (value === null || old === null || !before) return { text: say('headline.no-before', { compare }), tone: 'unclear' };
  const texts = { compare, before: format.value(old, unit), difference: format.difference(value - old, unit) };
  if (format.value(value, unit) === texts.before) return { text: say('headline.same', { compare }), tone: 'same' };
  const { direction } = now.info;
  if (direction === 'neither') return { text: say('headline.different', texts), tone: 'unclear' };
  const isApart = part === now.info.values[0] ? areApart(row, before) : null;
  if (isApart === null) return { text: say('headline.different', texts), tone: 'unclear' };
  if (!isApart) return { text: say('headline.unclear', texts), tone: 'unclear' };
  const tone = value < old === (direction === 'lower') ? 'better' : 'worse';
  return { text: say(`headline.${tone}`, texts), tone };
}

/** Null where one of the two has no interval; rows carry the interval of their first value only. */
function areApart(one: MetricRow, other: MetricRow): boolean | null {
  if (one.lo === null || one.hi === null || other.lo === null || other.hi === null) return null;
  return one.lo > other.hi || one.hi < other.lo;
}

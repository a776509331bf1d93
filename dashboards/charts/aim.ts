import type { Answer, Headline } from '../dashboard.js';
import { dayBefore } from '../format.js';
import type { Unit } from '../metric-result.js';
import { judged, stepOn } from '../target.js';
import { unitOfValue, type Sketch } from './drawing.js';

/** A headline's number against what it is wanted to be on the last day of its window; nothing where nothing is wanted then. */
export function aim(
  now: Answer,
  value: number | null,
  { lo, hi }: { lo: number | null; hi: number | null },
  { context, definition, say, format }: Sketch,
): Pick<Headline, 'target'> {
  const { direction } = now.info;
  const part = definition.value ?? now.info.values[0] ?? null;
  const wanted = context.targets?.find((target) => target.metric === now.info.id && target.part === part && target.segment === undefined);
  const step = wanted && stepOn(wanted, dayBefore(now.result.to));
  if (!wanted || !step || value === null || direction === 'neither') return {};
  const unit = unitOfValue(now.info, part ?? undefined);
  const verdict = judged({ value, lo, hi }, step.value, direction);
  const gap = sizeText(verdict.margin, unit, { say, format });
  const key = verdict.state !== 'unclear' || (lo !== null && hi !== null) ? (`target.${verdict.state}` as const) : 'target.unclear.plain';
  const side = verdict.margin === 0 ? 'there' : verdict.margin < 0 ? 'short' : 'beyond';
  const text = say(key, { target: format.value(step.value, unit), gap, side });
  return { target: { ...verdict, target: step.value, since: step.from, isRatchet: wanted.isRatchet, text } };
}

/** A distance without its sign; of percentages in points. */
function sizeText(amount: number, unit: Unit, { say, format }: Pick<Sketch, 'say' | 'format'>): string {
  const size = Math.abs(amount);
  return unit === '%' || unit === 'pp'
    ? say('unit.points', { value: format.number(Math.round(size * 10) / 10) })
    : format.value(size, unit);
}

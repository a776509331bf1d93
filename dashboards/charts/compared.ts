import type { Answer } from '../dashboard.js';
import { dayBefore, missing } from '../format.js';
import type { MetricRow } from '../metric-result.js';
import type { ValueAxis } from './axes.js';
import type { TableCell } from './cells.js';
import { notesOf, numberOf, unitOfValue, type Sketch } from './drawing.js';
import { nameOf } from './summary.js';

/**
 * The window compared with, behind the marks of a trend: its first period stands where the first one of the window does, and so on.
 * Both windows have as many periods, or one more at an edge, which then has no partner and is not drawn.
 */

export function comparedRows(buckets: readonly string[], sketch: Sketch): { bucket: string; compared: number }[] {
  const rows = sketch.compared?.result.rows ?? [];
  return buckets.flatMap((bucket, index) => {
    const compared = completeValue(rows[index], sketch);
    return compared === null ? [] : [{ bucket, compared }];
  });
}

/** What the dashed line is, where there is one. */
export function comparedSummary(isDrawn: boolean, sketch: Sketch): string[] {
  const { compared, definition, say, format } = sketch;
  if (!compared || !isDrawn) return [];
  const { from } = compared.result;
  const name = nameOf(compared, definition.value, sketch);
  return [say('summary.compared', { name, from: format.date(from), to: format.date(dayBefore(compared.result.to)) })];
}

/** What a mark adds of its partner. */
export function comparedText(row: MetricRow, answer: Answer, sketch: Sketch): string[] {
  const partner = partnerOf(row, answer, sketch);
  if (!partner) return [];
  const bucket = sketch.format.bucket(partner.bucket, answer.result.grain);
  return [sketch.say('text.compared', { value: told(partner, answer, sketch), bucket })];
}

export function comparedCell(row: MetricRow, answer: Answer, sketch: Sketch): TableCell {
  const partner = partnerOf(row, answer, sketch);
  return partner
    ? { text: told(partner, answer, sketch), plain: numberOf(partner, sketch.definition.value ?? answer.info.values[0]) }
    : { text: missing, plain: null };
}

/** Dashed and muted, so that it cannot be taken for the line of the window itself. */
export function comparedLayer(scale: ValueAxis['scale'], sketch: Sketch): Record<string, unknown> {
  return {
    transform: [{ filter: 'isValid(datum.compared)' }],
    mark: { type: 'line', point: false, strokeWidth: 1.5, strokeDash: [4, 3], color: sketch.colours.muted, opacity: 0.8, aria: false },
    encoding: { y: { field: 'compared', type: 'quantitative', scale } },
  };
}

function partnerOf(row: MetricRow, answer: Answer, sketch: Sketch): MetricRow | undefined {
  return answer.result.by === null ? sketch.compared?.result.rows[answer.result.rows.indexOf(row)] : undefined;
}

function completeValue(row: MetricRow | undefined, { definition }: Sketch): number | null {
  return row && !notesOf(row).isIncomplete ? numberOf(row, definition.value) : null;
}

function told(partner: MetricRow, answer: Answer, { definition, format }: Sketch): string {
  const part = definition.value ?? answer.info.values[0];
  return format.value(numberOf(partner, part), unitOfValue(answer.info, part));
}

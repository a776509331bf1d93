import type { MetricEngine } from '../engine.js';
import { number } from '../measures/notes.js';
import type { Figures, Metric } from '../metric.js';
import { ofWindows, queryWindows, type OfWindows, type TwoWindows } from './two-windows.js';

/** One value of a metric in a window, as its measure says it. */
export interface MarkValue {
  n: number;
  value: number | null;
  lo: number | null;
  hi: number | null;
  note: string | null;
  /** What the measure made it of. */
  figures: Figures;
}

/** The value of each segment, by its name; the empty text for units that have none, and for the whole. */
export async function markValues(
  engine: MetricEngine,
  metric: Metric,
  windows: TwoWindows,
  value: string,
): Promise<OfWindows<Map<string, MarkValue>>> {
  const { measure } = windows.compute;
  const hasInterval = metric.values.length === 0 || value === metric.values[0];
  const rows = await queryWindows(engine, windows, (parameters) => measure.sql(parameters));
  return ofWindows(
    rows,
    (window) =>
      new Map(
        window.map((row) => {
          const figures = row as Figures;
          const mark = measure.row(figures, metric);
          return [
            String(row.segment),
            {
              n: number(row, 'n'),
              value: (mark.values ? mark.values[value] : mark.value) ?? null,
              lo: hasInterval ? mark.lo : null,
              hi: hasInterval ? mark.hi : null,
              note: mark.note,
              figures,
            },
          ];
        }),
      ),
  );
}

import type { AxisSketch } from './axes.js';
import { drawnText } from './drawing.js';

const daySeconds = 86_400;
const tickDays = [1, 2, 7, 14, 28, 56, 91, 182, 364];

/** The local day of an instant told in seconds on the clock of the zone. */
export function localDay(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 10);
}

/** The local seconds at which a day begins, as if it were in UTC. */
export function secondsOfDay(localDate: string): number {
  return Date.parse(`${localDate}T00:00:00Z`) / 1_000;
}

/** Time as a length, for marks that lie between the days: local seconds, ticks at the beginning of days, from left to right. */
export function clockAxis(field: string, [from, to]: [number, number], sketch: AxisSketch): Record<string, unknown> {
  const { context, format } = sketch;
  const wanted = Math.max(2, Math.floor(context.width / 90));
  const days = (to - from) / daySeconds;
  const step = (tickDays.find((candidate) => days / candidate <= wanted) ?? Math.ceil(days / wanted)) * daySeconds;
  const last = Math.floor(to / daySeconds) * daySeconds;
  const ticks: number[] = [];
  for (let tick = last; tick >= from; tick -= step) ticks.unshift(tick);
  const labels: Record<string, string[]> = {};
  let lastYear = '';
  for (const tick of ticks) {
    const { label, year } = format.tick(localDay(tick), 'day');
    labels[String(tick)] = year === lastYear ? [drawnText(label, sketch)] : [drawnText(label, sketch), year];
    lastYear = year;
  }
  return {
    field,
    type: 'quantitative',
    scale: { domain: [from, to], nice: false, zero: false, clamp: true },
    axis: {
      values: ticks,
      labelExpr: `${JSON.stringify(labels)}[datum.value]`,
      labelOverlap: 'greedy',
      labelSeparation: 10,
      labelLineHeight: 15,
      title: null,
      grid: false,
    },
  };
}

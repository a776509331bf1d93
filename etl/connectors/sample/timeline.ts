import { Temporal } from 'temporal-polyfill';
import { secondsAt } from './work-calendar.js';

const weeksShown = 78;
/** Long enough for the slowest work to be under way already when the visible history starts. */
const weeksOfWarmUp = 26;
/** Open items are planned past the end; what lies there is never shown. */
const weeksBeyond = 60;

/** Weeks before `until` when each planted change begins; growth is a month that passes. */
const weeksBefore = { growthFrom: 34, growthUntil: 30, loop: 22, reorganisation: 26, movedDates: 24, heavyTail: 18, quiet: 10 } as const;

export type Moment = keyof typeof weeksBefore;

/** The moments of the sample company in epoch seconds, each a Monday 00:00 in Berlin, all counted back from `until`. */
export type Timeline = Record<Moment | 'start' | 'warmUp' | 'until', number> & {
  days: { from: Temporal.PlainDate; to: Temporal.PlainDate };
};

/** `until` is the local date that ends the history, excluded. */
export function timelineUntil(until: string): Timeline {
  const end = Temporal.PlainDate.from(until);
  const back = (weeks: number): number => secondsAt(end.subtract({ weeks }), '00:00', 'Europe/Berlin');
  const moments = Object.fromEntries(Object.entries(weeksBefore).map(([moment, weeks]) => [moment, back(weeks)])) as Record<Moment, number>;
  return {
    ...moments,
    until: back(0),
    start: back(weeksShown),
    warmUp: back(weeksShown + weeksOfWarmUp),
    days: { from: end.subtract({ weeks: weeksShown + weeksOfWarmUp + 2 }), to: end.add({ weeks: weeksBeyond }) },
  };
}

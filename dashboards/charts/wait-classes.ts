import type { Palette } from '../theme.js';
import type { Sketch } from './drawing.js';

/** A range of waits that is drawn in one colour; the last is for those nobody can say. */
export interface WaitClass {
  /** Seconds; the first that is no longer in it. Null: what is not known. */
  below: number | null;
  name(sketch: Sketch): string;
  colour(colours: Palette): string;
}

const hour = 3_600;
const day = 24 * hour;
const bounds = [hour / 4, hour, 4 * hour, 8 * hour, day, 2 * day, 4 * day, 7 * day, 14 * day, 30 * day];

/** Up to four ranges with bounds a person names, about as many waits in each, and one for the unknown. */
export function waitClasses(waits: readonly (number | null)[]): WaitClass[] {
  const known = waits.filter((wait) => wait !== null).toSorted((a, b) => a - b);
  const wanted = [0.25, 0.5, 0.75].map((share) => known[Math.floor(share * known.length)]).filter((wait) => wait !== undefined);
  const cuts = [...new Set(wanted.map(nearestBound))].filter(
    (cut) => known.some((wait) => wait < cut) && known.some((wait) => wait >= cut),
  );
  const classes = [...cuts, Infinity].map((below, index): WaitClass => {
    const from = cuts[index - 1];
    return {
      below,
      name: ({ say, format }) => {
        if (from === undefined) return below === Infinity ? say('wait.any') : say('wait.below', { to: format.duration(below) });
        return below === Infinity
          ? say('wait.from', { from: format.duration(from) })
          : say('wait.between', { from: format.duration(from), to: format.duration(below) });
      },
      colour: ({ scale }) => scale[scale.length - 1 - (cuts.length - index)] ?? '',
    };
  });
  const some = known.length > 0 ? classes : [];
  return known.length === waits.length
    ? some
    : [...some, { below: null, name: ({ say }) => say('wait.unknown'), colour: ({ grid }) => grid }];
}

/** Place of the class a wait belongs to. */
export function waitClassOf(wait: number | null, classes: readonly WaitClass[]): number {
  return classes.findIndex(({ below }) => (wait === null ? below === null : below !== null && wait < below));
}

function nearestBound(wait: number): number {
  return bounds.reduce((best, bound) => (Math.abs(Math.log(bound / wait)) < Math.abs(Math.log(best / wait)) ? bound : best), hour);
}

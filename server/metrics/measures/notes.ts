import type { EngineRow } from '../engine.js';

/** A figure that is a number in every row. */
export function number(figures: EngineRow, name: string): number {
  const value = figures[name];
  if (typeof value !== 'number') throw new TypeError(`Figure "${name}" is ${String(value)}, not a number.`);
  return value;
}

/** A figure that may be missing. */
export function numberOrNull(figures: EngineRow, name: string): number | null {
  return figures[name] === null ? null : number(figures, name);
}

/** Machine-readable notes in their order, each once. */
export function joinNotes(notes: readonly (string | false | null)[]): string | null {
  const said = [...new Set(notes.filter((note) => typeof note === 'string'))];
  return said.length === 0 ? null : said.join(';');
}

/** Fewest units for a quantile: below, the outermost values decide it alone. */
export function fewestFor(p: number, minimumN: number): number {
  if (p >= 0.95) return Math.max(60, minimumN);
  return p >= 0.85 ? Math.max(20, minimumN) : minimumN;
}

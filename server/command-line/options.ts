import { dimensions, type Dimension } from '#dashboards/metric-result.js';
import { isDate } from '../metrics/calendar.js';
import { Refusal } from '../refusal.js';

/** What commander makes of an option that may be repeated. */
export function several(value: string, all: readonly string[]): string[] {
  return [...all, value];
}

/** `--filter dimension=value` and `--connection name` as filters. Throws a `Refusal`. */
export function readFilters(options: { filter: readonly string[]; connection?: string }): Partial<Record<Dimension, string[]>> {
  const filters: Partial<Record<Dimension, string[]>> = {};
  const add = (name: string, value: string) => {
    const dimension = dimensions.find((known) => known === name);
    if (!dimension) throw new Refusal(`Unknown dimension "${name}" in --filter; known: ${dimensions.join(', ')}.`);
    (filters[dimension] ??= []).push(value);
  };
  for (const filter of options.filter) {
    const at = filter.indexOf('=');
    if (at < 1) throw new Refusal(`--filter "${filter}" has no "="; write it as dimension=value, such as team=Support.`);
    add(filter.slice(0, at), filter.slice(at + 1));
  }
  if (options.connection !== undefined) add('connection', options.connection);
  return filters;
}

/** A local day as an option gives it; null where it is left out. Throws a `Refusal`. */
export function readDay(name: string, value: string | undefined): string | null {
  if (value !== undefined && !isDate(value)) throw new Refusal(`--${name} "${value}" is not a day such as 2026-03-01.`);
  return value ?? null;
}

import { Refusal } from '../refusal.js';
import { scopeDimensions, type Scope } from './principal.js';

/** A scope as commands take it, a `dimension=value` each; null where there is none. Throws a `Refusal`. */
export function readScope(bounds: readonly string[]): Scope | null {
  const scope: Partial<Record<(typeof scopeDimensions)[number], string[]>> = {};
  for (const bound of bounds) {
    const at = bound.indexOf('=');
    const dimension = scopeDimensions.find((known) => known === bound.slice(0, Math.max(at, 0)));
    if (!dimension) throw new Refusal(`--only "${bound}" is not a team, service or group; write it as in team=Support.`);
    (scope[dimension] ??= []).push(bound.slice(at + 1));
  }
  return bounds.length === 0 ? null : scope;
}

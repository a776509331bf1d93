import type { Route } from '../routes.js';
import { access } from './access.js';
import { analyst } from './analyst.js';
import { identity } from './identity.js';
import { kept } from './kept.js';
import { reading } from './reading.js';
import { sources } from './sources.js';
import { telling } from './telling.js';
import type { Told } from './told.js';

const operations: Record<string, Told> = { ...reading, ...kept, ...telling, ...sources, ...analyst, ...access, ...identity };

/** Names of all that are told, as `Views.list`. */
export const toldOperations: readonly string[] = Object.keys(operations);

/** What is said of a route; of one that nobody has described, its name in words. */
export function told({ feature, handler }: Pick<Route, 'feature' | 'handler'>): { summary: string; answers: readonly string[] } {
  const operation = operations[`${feature}.${handler}`] ?? `${inWords(feature)}: ${inWords(handler)}.`;
  return typeof operation === 'string' ? { summary: operation, answers: ['application/json'] } : operation;
}

function inWords(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}

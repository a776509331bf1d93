import { z } from 'zod';
import { scopeDimensions, type Scope } from './principal.js';

const names = z.array(z.string().max(500)).min(1, 'is empty; leave the dimension out where it sets no bounds.').max(200);

/** A scope as it is given in a body, with at least one dimension. */
export const ScopeBody = z
  .partialRecord(z.enum(scopeDimensions), names)
  .refine((scope) => Object.keys(scope).length > 0, 'Nothing is bounded; give null, or names of team, service or group.')
  .transform((scope): Scope => scope);

import type { Evidence } from '../api.js';

interface Bounded {
  lo: number | null;
  hi: number | null;
}

/** Do the 95 % intervals of two windows lie apart? Unclear where one is withheld or has none. */
export function evidenceOf(now: Bounded | null, before: Bounded | null): Evidence {
  if (now?.lo == null || now.hi === null || before?.lo == null || before.hi === null) return 'unclear';
  return now.lo > before.hi || now.hi < before.lo ? 'signal' : 'noise';
}

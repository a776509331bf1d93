import type { WorkbenchHealth } from '../../workbench/workbench.js';
import { fine, type Check } from '../check.js';

/** Off is no failure: everything else is answered. */
export function workbenchCheck({ state, reason, why }: Pick<WorkbenchHealth, 'state' | 'reason' | 'why'>): Check {
  const subject = { key: 'subject.workbench' } as const;
  if (state === 'on') return fine('workbench', subject, { key: 'workbench.on' });
  if (state === 'checking') return fine('workbench', subject, { key: 'workbench.checking' });
  const remedies = why ? [why] : reason === null ? [] : [{ key: 'workbench.off.do', values: { reason } } as const];
  return { id: 'workbench', subject, state: 'warning', found: { key: 'workbench.off' }, remedies };
}

import { trendQueries, wholeQuery, type Board } from '../dashboard.js';

/** Can customers see what is going on, and do they get it without asking twice? */
export const visibility: Board = {
  id: 'visibility',
  charts: [
    {
      id: 'visibility-coverage',
      kind: 'trend',
      isPrinted: true,
      queries: trendQueries('visibility-coverage'),
      lines: ['covered', 'owned', 'dueNotPast', 'nextStep', 'fresh'],
    },
    { id: 'cadence', kind: 'trend', queries: trendQueries('cadence') },
    { id: 'unexplained-delay', kind: 'trend', queries: trendQueries('unexplained-delay') },
    { id: 'chased-first', kind: 'trend', queries: trendQueries('chased-first') },
    { id: 'promises-kept', kind: 'trend', queries: trendQueries('promises-kept') },
    { id: 'customer-effort', kind: 'trend', queries: trendQueries('customer-effort'), lines: ['p50', 'p90'] },
    { id: 're-ask', kind: 'trend', queries: trendQueries('re-ask') },
    { id: 'customer-repeats', kind: 'trend', queries: trendQueries('customer-repeats') },
    { id: 'first-owner-authority', kind: 'trend', queries: trendQueries('first-owner-authority') },
    {
      id: 'escalation-wait',
      kind: 'ranking',
      queries: [wholeQuery('escalation-wait', 'type')],
      lines: ['p50', 'p85'],
      value: 'p50',
      isSkewed: true,
    },
  ],
};

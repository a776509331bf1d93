import { headlineQueries, trendQueries, type Board } from '../dashboard.js';

/** Does every customer get the same? */
export const consistency: Board = {
  id: 'consistency',
  charts: [
    { id: 'tail-ratio', kind: 'trend', queries: trendQueries('tail-ratio') },
    { id: 'lead-time', kind: 'trend', queries: trendQueries('lead-time'), lines: ['p50', 'p85'], isSkewed: true },
    {
      id: 'process-behaviour',
      kind: 'process-behaviour',
      queries: [{ role: 'drawn', metric: 'process-behaviour', window: 'asked', grain: 'asked', by: null }],
      isSkewed: true,
    },
    {
      id: 'lead-time-points',
      kind: 'scatter',
      queries: [{ role: 'drawn', metric: 'lead-time', window: 'asked', grain: 'all', by: null }],
      units: [{ metric: 'lead-time', take: 'sample', most: 600 }],
      isSkewed: true,
    },
    { id: 'reopen-rate', kind: 'trend', queries: trendQueries('reopen-rate') },
    {
      id: 'lead-time-by-team',
      kind: 'ranking',
      queries: [{ role: 'drawn', metric: 'lead-time', window: 'asked', grain: 'all', by: 'team' }, ...headlineQueries('lead-time')],
      lines: ['p50', 'p85'],
      value: 'p85',
      isSkewed: true,
    },
  ],
};

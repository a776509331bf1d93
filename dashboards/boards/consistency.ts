import { headlineQueries, trendQueries, wholeQuery, type Board } from '../dashboard.js';

/** Does every customer get the same? */
export const consistency: Board = {
  id: 'consistency',
  charts: [
    { id: 'tail-ratio', kind: 'trend', isPrinted: true, queries: trendQueries('tail-ratio') },
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
    {
      id: 'lead-time-by-team',
      kind: 'strips',
      isPrinted: true,
      queries: [wholeQuery('lead-time-distribution', 'team'), ...headlineQueries('lead-time')],
      value: 'p85',
      isSkewed: true,
    },
    { id: 'lead-time-by-type', kind: 'strips', queries: [wholeQuery('lead-time-distribution', 'type')], value: 'p85', isSkewed: true },
    { id: 'level-spread', kind: 'funnel', queries: [wholeQuery('level-spread', 'team')] },
    { id: 'reopen-rate', kind: 'trend', queries: trendQueries('reopen-rate') },
    { id: 'first-contact-resolution', kind: 'trend', queries: trendQueries('first-contact-resolution') },
    { id: 'sle-attainment', kind: 'trend', queries: trendQueries('sle-attainment') },
    { id: 'reply-time', kind: 'trend', queries: trendQueries('reply-time'), lines: ['p50', 'p85'], isSkewed: true },
    { id: 'owner-share', kind: 'trend', queries: trendQueries('owner-share') },
  ],
};

import { headlineQueries, trendQueries, type Board } from '../dashboard.js';

/** Is a promise a promise? And do customers hear from us while they wait? */
export const delay: Board = {
  id: 'delay',
  charts: [
    { id: 'goalpost-gap', kind: 'trend', queries: trendQueries('goalpost-gap') },
    {
      id: 'on-time',
      kind: 'versus',
      queries: [
        { role: 'drawn', metric: 'on-time-first', window: 'asked', grain: 'asked', by: null },
        { role: 'drawn', metric: 'on-time-last', window: 'asked', grain: 'asked', by: null },
        ...headlineQueries('on-time-first'),
      ],
    },
    { id: 'slip', kind: 'trend', queries: trendQueries('slip') },
    { id: 'silence', kind: 'trend', queries: trendQueries('silence') },
    { id: 'first-response', kind: 'trend', queries: trendQueries('first-response'), lines: ['p50', 'p85'], value: 'p50', isSkewed: true },
    { id: 'visibility-coverage', kind: 'trend', queries: trendQueries('visibility-coverage') },
  ],
};

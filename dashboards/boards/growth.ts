import { headlineQueries, trendQueries, wholeQuery, type Board } from '../dashboard.js';

/** Does the newest customer get what the first one got, and does the level hold when there is more to do? */
export const growth: Board = {
  id: 'growth',
  charts: [
    { id: 'newcomer-parity', kind: 'trend', isPrinted: true, queries: trendQueries('newcomer-parity') },
    {
      id: 'level-vs-load',
      kind: 'association',
      queries: [
        wholeQuery('level-vs-load'),
        { role: 'drawn', metric: 'on-time-first', window: 'asked', grain: 'asked', by: null },
        { role: 'drawn', metric: 'load', window: 'asked', grain: 'asked', by: null },
        ...headlineQueries('level-vs-load'),
      ],
    },
    { id: 'load', kind: 'trend', queries: trendQueries('load') },
    { id: 'newcomer-tail', kind: 'ranking', queries: [wholeQuery('newcomer-tail', 'type'), ...headlineQueries('newcomer-tail')] },
    { id: 'newcomer-silence', kind: 'trend', queries: trendQueries('newcomer-silence') },
  ],
};

import { headlineQueries, trendQueries, wholeQuery, type Board } from '../dashboard.js';

/** Is a promise a promise? And do customers hear from us while they wait? */
export const delay: Board = {
  id: 'delay',
  belief: 'on-time',
  charts: [
    { id: 'goalpost-gap', kind: 'trend', isPrinted: true, queries: trendQueries('goalpost-gap'), lines: ['gap', 'gapUnasked'] },
    {
      id: 'on-time',
      kind: 'versus',
      isPrinted: true,
      queries: [
        { role: 'drawn', metric: 'on-time-first', window: 'asked', grain: 'asked', by: null },
        { role: 'drawn', metric: 'on-time-last', window: 'asked', grain: 'asked', by: null },
        ...headlineQueries('on-time-first'),
      ],
    },
    { id: 'promise-survival', kind: 'survival', isPrinted: true, queries: [wholeQuery('promise-survival')] },
    {
      id: 'ageing',
      kind: 'ageing',
      queries: [
        { role: 'drawn', metric: 'item-age', window: 'asked', grain: 'all', by: null },
        { role: 'drawn', metric: 'court-age', window: 'asked', grain: 'all', by: null },
        ...headlineQueries('item-age'),
      ],
      units: [
        { metric: 'item-age', take: 'sample', most: 400 },
        { metric: 'p-late', take: 'sample', most: 400 },
      ],
      isSkewed: true,
    },
    { id: 'slip', kind: 'trend', queries: trendQueries('slip'), lines: ['net', 'gross'] },
    {
      id: 'slip-ledger',
      kind: 'ledger',
      queries: [{ role: 'drawn', metric: 'slip', window: 'asked', grain: 'all', by: null }],
      units: [{ metric: 'slip', take: 'greatest', most: 14 }],
    },
    { id: 'slip-moves', kind: 'trend', queries: trendQueries('slip-moves') },
    { id: 'slip-after-due', kind: 'trend', queries: trendQueries('slip-after-due') },
    { id: 'tardiness', kind: 'trend', queries: trendQueries('tardiness') },
    { id: 'proactive-notice', kind: 'trend', queries: trendQueries('proactive-notice') },
    { id: 'notice-lead', kind: 'ranking', queries: [wholeQuery('notice-lead', 'type')], lines: ['lead'] },
    { id: 'silence', kind: 'trend', queries: trendQueries('silence') },
    {
      id: 'silence-calendar',
      kind: 'calendar',
      queries: [{ role: 'drawn', metric: 'silent-items', window: 'half-year', grain: 'day', by: null }],
    },
    {
      id: 'longest-silence',
      kind: 'trend',
      queries: trendQueries('longest-silence'),
      lines: ['p50', 'p85'],
      isSkewed: true,
    },
    { id: 'first-response', kind: 'trend', queries: trendQueries('first-response'), lines: ['p50', 'p85'], isSkewed: true },
  ],
};

import { trendQueries, wholeQuery, type Board } from '../dashboard.js';

/** Is what customers say, what leaders believe and what the forecast says the same as what happens? */
export const expectation: Board = {
  id: 'expectation',
  belief: 'satisfaction',
  charts: [
    { id: 'satisfaction', kind: 'trend', isPrinted: true, queries: trendQueries('satisfaction'), lines: ['good', 'response'] },
    {
      id: 'belief-gap',
      kind: 'trend',
      queries: [{ role: 'drawn', metric: 'belief-gap', window: 'asked', grain: 'asked', by: null }],
      lines: ['believed', 'number'],
    },
    {
      id: 'p-late',
      kind: 'ranking',
      queries: [wholeQuery('p-late', 'team')],
      lines: ['alreadyLate', 'expectedLate'],
      value: 'expectedLate',
    },
    { id: 'reliability', kind: 'reliability', isPrinted: true, queries: [wholeQuery('reliability')] },
    { id: 'calibration', kind: 'trend', queries: trendQueries('calibration') },
    { id: 'early-warning', kind: 'trend', queries: trendQueries('early-warning'), lines: ['warned', 'precision'] },
    {
      id: 'target-ratchet',
      kind: 'trend',
      queries: [{ role: 'drawn', metric: 'target-ratchet', window: 'asked', grain: 'quarter', by: null }],
      lines: ['value', 'target'],
    },
  ],
};

import { trendQueries, type Board } from '../dashboard.js';

/** What does passing work on cost the customer? */
export const handoff: Board = {
  id: 'handoff',
  charts: [
    { id: 'handoff-wait', kind: 'trend', queries: trendQueries('handoff-wait'), lines: ['p50', 'p85'], isSkewed: true },
    { id: 'handoffs', kind: 'trend', queries: trendQueries('handoffs') },
    { id: 'returns', kind: 'trend', queries: trendQueries('returns'), lines: ['any', 'direct'] },
    {
      id: 'handover-matrix',
      kind: 'heat-matrix',
      queries: [{ role: 'drawn', metric: 'handover-matrix', window: 'asked', grain: 'all', by: null }],
    },
    { id: 'flow-efficiency', kind: 'trend', queries: trendQueries('flow-efficiency') },
  ],
};

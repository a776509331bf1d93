import { trendQueries, wholeQuery, type Board } from '../dashboard.js';

/** What does passing work on cost the customer? */
export const handoff: Board = {
  id: 'handoff',
  charts: [
    { id: 'handoff-loss-time', kind: 'trend', isPrinted: true, queries: trendQueries('handoff-loss-time') },
    {
      id: 'handoff-loss',
      kind: 'trend',
      queries: trendQueries('handoff-loss'),
      lines: ['lost', 'longWait', 'cold', 'returns', 'again'],
    },
    { id: 'handover-flow', kind: 'flow', isPrinted: true, queries: [wholeQuery('handover-matrix')] },
    { id: 'handover-matrix', kind: 'heat-matrix', queries: [wholeQuery('handover-matrix')] },
    {
      id: 'wait-causes',
      kind: 'stack',
      isPrinted: true,
      queries: [{ role: 'drawn', metric: 'wait-causes', window: 'asked', grain: 'asked', by: null }],
      lines: ['active', 'queue', 'blocked', 'unowned', 'offHours', 'customer', 'thirdParty'],
    },
    { id: 'handoff-wait', kind: 'trend', queries: trendQueries('handoff-wait'), lines: ['p50', 'p85'], isSkewed: true },
    { id: 'handoff-wait-share', kind: 'trend', queries: trendQueries('handoff-wait-share') },
    { id: 'handoffs', kind: 'trend', queries: trendQueries('handoffs') },
    { id: 'returns', kind: 'trend', queries: trendQueries('returns'), lines: ['any', 'direct'] },
    { id: 'cold-handoff', kind: 'trend', queries: trendQueries('cold-handoff') },
    {
      id: 'handoff-cost',
      kind: 'ranking',
      queries: [wholeQuery('handoff-cost', 'type')],
      lines: ['kept', 'handed'],
      value: 'handed',
      isSkewed: true,
    },
    { id: 'push-to-front', kind: 'trend', queries: trendQueries('push-to-front') },
    { id: 'system-handoffs', kind: 'trend', queries: trendQueries('system-handoffs'), lines: ['lost', 'cold', 'again'] },
    {
      id: 'journey-lead-time',
      kind: 'ranking',
      queries: [wholeQuery('journey-lead-time', 'type')],
      lines: ['p50', 'p85'],
      value: 'p50',
      isSkewed: true,
    },
    {
      id: 'journey-wait',
      kind: 'ranking',
      queries: [wholeQuery('journey-wait', 'type')],
      lines: ['p50', 'p85'],
      value: 'p50',
      isSkewed: true,
    },
    { id: 'flow-efficiency', kind: 'trend', queries: trendQueries('flow-efficiency') },
  ],
};

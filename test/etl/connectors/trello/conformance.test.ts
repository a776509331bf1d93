import { trelloConnector } from '#etl/connectors/trello/connector.js';
import { conformance } from '../../conformance/conformance.js';
import { boardId, boards, cardId, trelloTool } from './tool.js';

await conformance('trello', {
  connector: trelloConnector,
  config: (url) => ({ url, boards }),
  secrets: { token: 'canary-of-the-trello-token', key: 'canary-of-the-trello-key' },
  tool: trelloTool,
  fields: ['status', 'team', 'person', 'due'],
  // It tells comments, but not which of them are internal: see map.test.ts.
  hasComments: false,
  ids: { item: cardId, team: boardId },
  deletes: 'census',
});

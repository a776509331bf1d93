import { conformance } from './conformance.js';
import { referenceConnector } from './reference/connector.js';
import { referenceTool } from './reference/tool.js';

await conformance('reference', {
  connector: referenceConnector,
  config: (address, pageSize) => ({ address, pageSize }),
  secrets: { token: 'canary-of-the-reference' },
  tool: referenceTool,
  fields: ['status', 'team', 'person', 'due'],
  hasComments: true,
  deletes: 'census',
});

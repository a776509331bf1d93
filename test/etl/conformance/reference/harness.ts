import type { Harness } from '../harness.js';
import { referenceConnector } from './connector.js';
import { referenceTool } from './tool.js';

export const reference: Harness = {
  connector: referenceConnector,
  config: (address, pageSize) => ({ address, pageSize }),
  secrets: { token: 'canary-of-the-reference' },
  tool: referenceTool,
  fields: ['status', 'team', 'person', 'due'],
  hasComments: true,
  deletes: 'census',
};

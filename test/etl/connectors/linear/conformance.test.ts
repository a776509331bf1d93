import { linearConnector } from '#etl/connectors/linear/connector.js';
import { conformance } from '../../conformance/conformance.js';
import { linearTool } from './tool.js';

await conformance('linear', {
  connector: linearConnector,
  config: (url) => ({ url }),
  secrets: { key: 'canary-of-the-linear-key' },
  tool: linearTool,
  fields: ['status', 'team', 'person', 'due'],
  // It tells comments, but not which of them are internal: see map.test.ts.
  hasComments: false,
  deletes: 'told',
  skips: {
    'an event of an unknown type is counted, the rest is read':
      'entries of a Linear history have no type but fields, and GraphQL brings only the fields that are asked for',
  },
});

import { asanaConnector } from '#etl/connectors/asana/connector.js';
import { conformance } from '../../conformance/conformance.js';
import { asanaTool, project } from './tool.js';

await conformance('asana', {
  connector: asanaConnector,
  config: (url) => ({ url, projects: [project], plan: 'paid', team: { field: 'Team' } }),
  secrets: { token: 'canary-of-the-asana-token' },
  tool: asanaTool,
  fields: ['status', 'team', 'person', 'due'],
  // It tells comments, but not which of them are internal: see map.test.ts.
  hasComments: false,
  deletes: 'census',
});

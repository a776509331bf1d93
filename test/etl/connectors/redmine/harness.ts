import { redmineConnector } from '#etl/connectors/redmine/connector.js';
import { redmineTool } from './tool.js';
import type { Harness } from '../../conformance/harness.js';

export const harness: Harness = {
  connector: redmineConnector,
  config: (url) => ({ url, webUrl: 'https://tool.example.com', team: 'project' }),
  secrets: { key: 'canary-of-the-redmine-key' },
  tool: redmineTool,
  fields: ['status', 'team', 'person', 'due'],
  hasComments: true,
  deletes: 'census',
};

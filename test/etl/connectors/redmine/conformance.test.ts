import { redmineConnector } from '#etl/connectors/redmine/connector.js';
import { conformance } from '../../conformance/conformance.js';
import { redmineTool } from './tool.js';

await conformance('redmine', {
  connector: redmineConnector,
  config: (url) => ({ url, webUrl: 'https://tool.example.com', team: 'project' }),
  secrets: { key: 'canary-of-the-redmine-key' },
  tool: redmineTool,
  fields: ['status', 'team', 'person', 'due'],
  hasComments: true,
  deletes: 'census',
});

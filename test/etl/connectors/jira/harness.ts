import { jiraConnector } from '#etl/connectors/jira/connector.js';
import type { Harness } from '../../conformance/harness.js';
import { jiraTool } from './tool.js';

export const harness = (edition: 'cloud' | 'data-center'): Harness => ({
  connector: jiraConnector,
  config: (url) => ({ url, webUrl: 'https://tool.example.com', email: 'reader@example.com' }),
  secrets: { token: 'canary-of-the-jira-token' },
  tool: jiraTool(edition),
  fields: ['status', 'team', 'person', 'due'],
  hasComments: true,
  hasAccountZone: true,
  deletes: 'census',
});

import { githubConnector } from '#etl/connectors/github/connector.js';
import type { Harness } from '../../conformance/harness.js';
import { githubTool, repository, statusNames } from './tool.js';

export const harness: Harness = {
  connector: githubConnector,
  config: (url, pageSize) => ({ url, repositories: [repository], pageSize }),
  secrets: { token: 'canary-of-the-github-token' },
  tool: githubTool,
  fields: ['status', 'team', 'person'],
  hasComments: false,
  ids: {
    item: (id) => `${repository}#${id}`,
    team: (id) => `Team ${id}`,
    status: (name) => statusNames[name] ?? name,
  },
  deletes: 'census',
};

import { gitlabConnector } from '#etl/connectors/gitlab/connector.js';
import type { Harness } from '../../conformance/harness.js';
import { gitlabTool, project, statusNames } from './tool.js';

export const harness: Harness = {
  connector: gitlabConnector,
  config: (url, pageSize) => ({ url, projects: [project], pageSize, statusLabels: ['status::'] }),
  secrets: { token: 'canary-of-the-gitlab-token' },
  tool: gitlabTool,
  fields: ['status', 'team', 'person', 'due'],
  hasComments: true,
  ids: {
    item: (id) => `${project}#${id}`,
    team: (id) => `Team ${id}`,
    status: (name) => statusNames[name] ?? name,
  },
  deletes: 'census',
};

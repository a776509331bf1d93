import { rtConnector } from '#etl/connectors/rt/connector.js';
import { loginOf, rtTool } from './tool.js';
import type { Harness } from '../../conformance/harness.js';

export const harness: Harness = {
  connector: rtConnector,
  config: (url) => ({ url, webUrl: 'https://tool.example.com' }),
  secrets: { token: 'canary-of-the-rt-token' },
  tool: rtTool,
  fields: ['status', 'team', 'person', 'due'],
  hasComments: true,
  ids: { person: loginOf },
  deletes: 'census',
};

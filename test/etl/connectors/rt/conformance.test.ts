import { rtConnector } from '#etl/connectors/rt/connector.js';
import { conformance } from '../../conformance/conformance.js';
import { loginOf, rtTool } from './tool.js';

await conformance('rt', {
  connector: rtConnector,
  config: (url) => ({ url, webUrl: 'https://tool.example.com' }),
  secrets: { token: 'canary-of-the-rt-token' },
  tool: rtTool,
  fields: ['status', 'team', 'person', 'due'],
  hasComments: true,
  ids: { person: loginOf },
  deletes: 'census',
});

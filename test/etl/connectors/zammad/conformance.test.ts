import { zammadConnector } from '#etl/connectors/zammad/connector.js';
import { conformance } from '../../conformance/conformance.js';
import { zammadTool } from './tool.js';

await conformance('zammad', {
  connector: zammadConnector,
  config: (url, pageSize) => ({ url, webUrl: 'https://support.example.com', dueField: 'due', pageSize }),
  secrets: { token: 'canary-of-the-zammad-token' },
  tool: zammadTool,
  fields: ['status', 'team', 'person', 'due'],
  hasComments: true,
  deletes: 'census',
});

import { chatwootConnector } from '#etl/connectors/chatwoot/connector.js';
import { conformance } from '../../conformance/conformance.js';
import { chatwootTool, statusNames } from './tool.js';

await conformance('chatwoot', {
  connector: chatwootConnector,
  config: (url) => ({ url, webUrl: 'https://support.example.com', account: 1, beginsAs: 'pending' }),
  secrets: { token: 'canary-of-the-chatwoot-token' },
  tool: chatwootTool,
  fields: ['status', 'team', 'person'],
  hasComments: true,
  ids: { status: (name) => statusNames[name] ?? name },
  deletes: 'census',
});

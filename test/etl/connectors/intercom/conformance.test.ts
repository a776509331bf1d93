import { intercomConnector } from '#etl/connectors/intercom/connector.js';
import { conformance } from '../../conformance/conformance.js';
import { intercomTool } from './tool.js';

// Its three states are fewer than those of a scripted history; map.test.ts proves them.
await conformance('intercom', {
  connector: intercomConnector,
  config: (url) => ({ url }),
  secrets: { token: 'canary-of-the-intercom-token' },
  tool: intercomTool,
  fields: ['team', 'person'],
  hasComments: true,
  deletes: 'census',
});

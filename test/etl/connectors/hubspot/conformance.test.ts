import { hubspotConnector } from '#etl/connectors/hubspot/connector.js';
import { conformance } from '../../conformance/conformance.js';
import { hubspotTool } from './tool.js';

await conformance('hubspot', {
  connector: hubspotConnector,
  config: (url) => ({ url, dueField: 'promised_until' }),
  secrets: { token: 'canary-of-the-hubspot-token' },
  tool: hubspotTool,
  fields: ['status', 'team', 'person', 'due'],
  hasComments: true,
  ids: { item: (id) => `ticket ${id}` },
  deletes: 'census',
});

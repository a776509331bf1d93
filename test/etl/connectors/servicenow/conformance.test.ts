import { serviceNowConnector } from '#etl/connectors/servicenow/connector.js';
import { conformance } from '../../conformance/conformance.js';
import { itemId, personId, serviceNowTool, teamId } from './tool.js';

await conformance('servicenow', {
  connector: serviceNowConnector,
  config: (url) => ({ url, webUrl: 'https://acme.service-now.com', user: 'reader' }),
  secrets: { token: 'canary-of-the-servicenow-password' },
  tool: serviceNowTool,
  fields: ['status', 'team', 'person', 'due'],
  hasComments: true,
  hasAccountZone: true,
  ids: { item: itemId, team: teamId, person: personId },
  deletes: 'census',
});

import { freshdeskConnector } from '#etl/connectors/freshdesk/connector.js';
import type { Harness } from '../../conformance/harness.js';
import { freshdeskTool } from './tool.js';

export const harness: Harness = {
  connector: freshdeskConnector,
  config: (url) => ({ url, webUrl: 'https://acme.freshdesk.com' }),
  secrets: { key: 'canary-of-the-freshdesk-key' },
  tool: freshdeskTool,
  // Freshdesk tells no changes: what is seen of them is proven in seen.test.ts.
  fields: [],
  hasComments: true,
  deletes: 'told',
  skips: {
    'every zone of the account from −12 to +14 gives the same history':
      'the states that are seen depend on when the tool was read; Freshdesk tells all times in UTC',
  },
};

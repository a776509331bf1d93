import { freshdeskConnector } from '#etl/connectors/freshdesk/connector.js';
import { conformance } from '../../conformance/conformance.js';
import { harness } from './harness.js';

await conformance(freshdeskConnector.id, harness);

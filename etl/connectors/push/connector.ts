import { courtsOf, full, none } from '../../capability.js';
import { signals, type Capabilities, type Connector, type Page } from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { pushedPages } from './client.js';
import { mapLine } from './map.js';
import { pushConfigSchema, type PushConfig } from './payload.js';

/** A source that sends its events itself, one a line. There is nothing to fetch: what was sent last is the newest there is. */
export const pushConnector: Connector<PushConfig> = {
  id: 'push',
  mapVersion: 1,
  configSchema: pushConfigSchema,
  secretNames: [],
  check: () => Promise.resolve({ ok: true, findings: ['The source sends its events itself; nothing is fetched.'] }),
  discover: (config) =>
    Promise.resolve({
      streams: [{ name: 'events', order: 'asc', grain: 'id' }],
      capabilities: capabilitiesOf(config),
      settings: settingsOf(config, config.zone),
      calendars: calendarsOf(config, config.zone),
    }),
  read: (_config, _stream, from, context) => pushedPages(nothing(), from, context.now()),
  map: (_config, _stream, record) => mapLine(record),
  dependsOn: () => ({ identity: null, mapping: null }),
};

/** The same connector, reading what was just sent. */
export function receiving(body: AsyncIterable<Buffer>): Connector<PushConfig> {
  return {
    ...pushConnector,
    read: (_config, _stream, from, context): AsyncIterable<Page> => pushedPages(body, from, context.now()),
  };
}

async function* nothing(): AsyncGenerator<Buffer> {}

function capabilitiesOf({ tells, statuses }: PushConfig): Capabilities {
  const capabilities = Object.fromEntries(
    signals.map((signal) => [
      signal,
      tells.includes(signal) ? full : none(`The settings of the connection do not list "${signal}" under "tells".`),
    ]),
  ) as Capabilities;
  if (tells.includes('courts'))
    capabilities.courts = courtsOf(Object.values(statuses), 'The settings of the connection give no status the meaning of a waiting one.');
  return capabilities;
}

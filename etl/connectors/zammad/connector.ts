import { full, none } from '../../capability.js';
import type {
  Capabilities,
  Capability,
  CheckResult,
  Connector,
  ConnectionSettings,
  Context,
  Presence,
  StatusMeaning,
} from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { clockFinding } from '../../http/clock.js';
import { checked } from '../checked.js';
import { guessMeaning } from '../guess-meaning.js';
import { presenceOf } from '../presence.js';
import { ZammadClient, zammadSecret } from './client.js';
import { mapTicket } from './map.js';
import { zammadConfigSchema, type ZammadConfig } from './payload.js';
import { readTickets, ticketIds } from './read.js';

/** Zammad by its REST API: tickets with their history and articles. What changed is found by its search, which needs Elasticsearch. */
export const zammadConnector: Connector<ZammadConfig> = {
  id: 'zammad',
  mapVersion: 1,
  configSchema: zammadConfigSchema,
  secretNames: [zammadSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config, context) {
    return {
      streams: [{ name: 'tickets', order: 'asc', grain: 'ms' }],
      capabilities: capabilitiesOf(config),
      settings: await settingsFor(config, context),
      calendars: calendarsOf(config, config.zone),
    };
  },
  read: (config, _stream, from, context) => readTickets(config, from, context),
  census: (config, context) => ticketIds(config, new ZammadClient(config, context)),
  look,
  map: (config, _stream, record) => mapTicket(config, record),
  dependsOn: ({ url, statuses: _statuses, settings: _settings, calendar: _calendar, pageSize: _pageSize, ...mapping }) => ({
    identity: { url: url.replace(/\/+$/, '') },
    mapping: { url, ...mapping, webUrl: mapping.webUrl ?? null, dueField: mapping.dueField ?? null },
  }),
};

function check(config: ZammadConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const client = new ZammadClient(config, context);
    const { login, roles, at } = await client.me();
    const { ids } = await client.list(1);
    const found = await client.changed(null, 0);
    const who = `The token is that of ${login} (${roles.join(', ') || 'no role'}); it sees the tickets of the groups this account may read.`;
    if (ids.length > 0 && found.rows.length === 0) {
      const remedy = 'Set Elasticsearch up, run "zammad run rake zammad:searchindex:rebuild" and try again.';
      return { ok: false, findings: [who, `Zammad lists tickets and its search finds none, so changes cannot be read. ${remedy}`] };
    }
    const count = ids.length < config.pageSize ? `It sees ${ids.length} tickets.` : `It sees ${ids.length} tickets and more.`;
    return { ok: true, findings: [who, count, 'Times are told in UTC.', ...clockFinding('Zammad', at, context.now())] };
  });
}

/** Zammad answers 404 for what is gone and 403 for what a token may not see. */
function look(config: ZammadConfig, externalId: string, context: Context): Promise<Presence> {
  return presenceOf(async () => (await new ZammadClient(config, context).ticket(Number(externalId))) !== null);
}

const meanings: Record<string, StatusMeaning> = {
  new: 'ours_waiting',
  open: 'ours_active',
  'pending reminder': 'customer',
  'pending action': 'customer',
  closed: 'done',
  merged: 'cancelled',
  removed: 'cancelled',
};

async function settingsFor(config: ZammadConfig, context: Context): Promise<Partial<ConnectionSettings>> {
  const states = await new ZammadClient(config, context).states();
  const guessed = states.map(({ name, type }): [string, StatusMeaning] => [name, meanings[type ?? ''] ?? guessMeaning(name)]);
  return { ...settingsOf(config, config.zone), statuses: { ...Object.fromEntries(guessed), ...config.statuses } };
}

function capabilitiesOf({ dueField }: ZammadConfig): Capabilities {
  const due: Capability =
    dueField === undefined ? none('Tickets have no due date of their own; name an attribute that holds it as dueField.') : full;
  return {
    status: full,
    courts: full,
    finish: full,
    reopen: full,
    team: full,
    person: full,
    due,
    'first-due': due,
    'due-history': due,
    messages: full,
    visibility: { fidelity: 'full', reason: 'An article that was made public or internal later counts as it is now.' },
    customer: full,
    rating: none('Zammad has no ratings.'),
    links: { fidelity: 'full', reason: 'Merges; links between tickets that were set by hand are not read.' },
  };
}

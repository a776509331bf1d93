import { full, none } from '../../capability.js';
import type { Capabilities, CheckResult, Connector, Context, Presence, StatusMeaning } from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { clockFinding } from '../../http/clock.js';
import { checked } from '../checked.js';
import { guessMeaning } from '../guess-meaning.js';
import { presenceOf } from '../presence.js';
import { RtClient, rtSecret } from './client.js';
import { mapTicket } from './map.js';
import { configSchema, type RtConfig } from './payload.js';
import { readTickets, ticketIds } from './read.js';

/** Statuses that RT comes with; those of other life cycles are not told by its API and show as unmapped until given. */
const usualStatuses = ['new', 'open', 'stalled', 'resolved', 'rejected', 'deleted'];

/** Request Tracker 5 by REST 2.0: tickets with their transactions. The secret is a token, or `name:password`. */
export const rtConnector: Connector<RtConfig> = {
  id: 'rt',
  mapVersion: 1,
  configSchema,
  secretNames: [rtSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config) {
    const guessed = usualStatuses.map((name): [string, StatusMeaning] => [name, rtMeanings[name] ?? guessMeaning(name)]);
    const settings = settingsOf(config, config.zone);
    return {
      streams: [{ name: 'tickets', order: 'asc', grain: 'id' }],
      capabilities,
      settings: { ...settings, statuses: { ...Object.fromEntries(guessed), ...config.statuses } },
      calendars: calendarsOf(config, config.zone),
    };
  },
  read: (config, _stream, from, context) => readTickets(config, from, context),
  census: (config, context) => ticketIds(new RtClient(config, context)),
  look,
  map: (config, _stream, record) => mapTicket(config, record),
  dependsOn: ({ url, statuses: _statuses, settings: _settings, calendar: _calendar, zone: _zone, ...mapping }) => ({
    identity: { url: url.replace(/\/+$/, '') },
    mapping: { url, ...mapping },
  }),
};

/** In RT `resolved` ends a ticket; a reply of the customer opens it again. */
const rtMeanings: Record<string, StatusMeaning> = { resolved: 'done', stalled: 'customer' };

function check(config: RtConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const client = new RtClient(config, context);
    const { version, at } = await client.version();
    const { total, rows } = await client.feed("Type = 'Create'", 'DESC', 1);
    const count =
      total !== null
        ? `It sees ${total} tickets.`
        : `The account is no superuser: RT shows it ${rows.length === 0 ? 'no tickets' : 'tickets'} without their number, and comments only where it has the right ShowTicketComments.`;
    return { ok: true, findings: [`Request Tracker ${version} answers.`, count, ...clockFinding('Request Tracker', at, context.now())] };
  });
}

/** A shredded ticket is gone; one that was deleted or merged is still there, and its transactions say so. */
function look(config: RtConfig, externalId: string, context: Context): Promise<Presence> {
  return presenceOf(async () => (await new RtClient(config, context).ticket(externalId)) !== null);
}

const capabilities: Capabilities = {
  status: full,
  courts: full,
  finish: full,
  reopen: full,
  team: full,
  person: full,
  due: full,
  'first-due': full,
  'due-history': full,
  messages: full,
  visibility: full,
  customer: full,
  rating: none('Request Tracker has no ratings.'),
  links: full,
};

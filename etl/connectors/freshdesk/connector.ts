import { full } from '../../capability.js';
import type { Capabilities, Capability, CheckResult, Connector, Context, Cursor, Page, StatusMeaning } from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { clockFinding } from '../../http/clock.js';
import { checked } from '../checked.js';
import { guessMeaning } from '../guess-meaning.js';
import { FreshdeskClient, freshdeskSecret } from './client.js';
import { mapFreshdesk } from './map.js';
import { freshdeskConfigSchema, ownStatuses, type FreshdeskConfig } from './payload.js';
import { readRatings, readTakenAway, readTickets } from './read.js';

/**
 * Freshdesk: tickets as they are seen, conversations and ratings. Freshdesk tells no changes, so the history of owners and
 * due dates begins with the connection, and of statuses before it only the last ones are known.
 */
export const freshdeskConnector: Connector<FreshdeskConfig> = {
  id: 'freshdesk',
  mapVersion: 1,
  configSchema: freshdeskConfigSchema,
  secretNames: [freshdeskSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config, context) {
    const client = new FreshdeskClient(config, context);
    const [{ at }, found] = [await client.me(), await client.statuses()];
    const guessed = Object.entries(found).map(([id, name]): [string, StatusMeaning] => [
      name,
      ownStatuses[id]?.meaning ?? guessMeaning(name),
    ]);
    return {
      streams: [
        { name: 'tickets', order: 'asc', grain: 's' },
        { name: 'deleted', order: 'asc', grain: 's' },
        { name: 'spam', order: 'asc', grain: 's' },
        { name: 'ratings', order: 'unsorted', grain: 's' },
      ],
      capabilities: capabilitiesOf(config, at ?? context.now().toISOString()),
      settings: { ...settingsOf(config, config.zone), statuses: { ...Object.fromEntries(guessed), ...config.statuses } },
      calendars: calendarsOf(config, config.zone),
    };
  },
  read: (config, stream, from, context) => read(config, stream, from, context),
  map: mapFreshdesk,
  dependsOn: ({ url, webUrl, customer, dueField, linkedTools, zone, endOfDay }) => ({
    identity: { url: url.replace(/\/+$/, '') },
    mapping: { url: webUrl ?? url, customer, dueField: dueField ?? null, linkedTools, zone, endOfDay },
  }),
};

function read(config: FreshdeskConfig, stream: string, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  if (stream === 'ratings') return readRatings(config, from, context);
  return stream === 'deleted' || stream === 'spam' ? readTakenAway(config, stream, from, context) : readTickets(config, from, context);
}

function check(config: FreshdeskConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const client = new FreshdeskClient(config, context);
    const { name, zone, at, headers } = await client.me();
    const now = at ?? context.now().toISOString();
    const findings = [`The key is that of ${name}.`, `It sees ${await client.count()} tickets.`];
    if ((await client.agents()).size === 0)
      findings.push('It may not list agents: people are shown by number. Use an administrator’s key.');
    if ((await client.ratings(now, 1)) === null) findings.push('It reads no satisfaction ratings: the plan has none, or the key may not.');
    if (zone !== null) findings.push(`The agent's zone is ${zone}.`);
    const limit = headers.get('x-ratelimit-total');
    if (limit !== null) findings.push(`Freshdesk allows ${limit} requests a minute; half of them are used.`);
    return { ok: true, findings: [...findings, ...clockFinding('Freshdesk', at, context.now())] };
  });
}

function capabilitiesOf({ dueField }: FreshdeskConfig, from: string): Capabilities {
  const seen = (reason: string): Capability => ({ fidelity: 'snapshot-diff', reason, from });
  const status = seen('Freshdesk tells no changes: statuses between two syncs are missed, and of the past only the last ones are known.');
  const owner = seen('Freshdesk tells no changes: owners are known from the connection on, as each sync finds them.');
  const due = seen(
    dueField === undefined
      ? 'The due date of the SLA, from the connection on, as each sync finds it.'
      : `The field ${dueField}, from the connection on, as each sync finds it.`,
  );
  return {
    status,
    courts: status,
    finish: { fidelity: 'full', reason: 'Freshdesk tells when a ticket was last resolved and closed.' },
    reopen: status,
    team: owner,
    person: owner,
    due,
    'first-due': due,
    'due-history': due,
    messages: full,
    visibility: full,
    customer: { fidelity: 'full', reason: 'The company or requester a ticket has now.' },
    rating: { fidelity: 'full', reason: 'The first question of the satisfaction survey.' },
    links: {
      fidelity: 'full',
      reason: 'Addresses of the tools named as linkedTools, in what was written; Freshdesk itself tells no links.',
    },
  };
}

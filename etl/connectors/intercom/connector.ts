import { full, none } from '../../capability.js';
import type { Capabilities, Capability, CheckResult, Connector, Context, Presence, StatusMeaning } from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { clockFinding } from '../../http/clock.js';
import { checked } from '../checked.js';
import { presenceOf } from '../presence.js';
import { IntercomClient, intercomSecret } from './client.js';
import { mapConversation } from './map.js';
import { intercomConfigSchema, type IntercomConfig } from './payload.js';
import { readConversations } from './read.js';

/** What the three states probably mean, for a person to correct. */
const statuses: Record<string, StatusMeaning> = { open: 'ours_active', snoozed: 'customer', closed: 'done' };

/** Intercom: conversations with their parts. */
export const intercomConnector: Connector<IntercomConfig> = {
  id: 'intercom',
  mapVersion: 1,
  configSchema: intercomConfigSchema,
  secretNames: [intercomSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config, context) {
    const { zone } = await new IntercomClient(config, context).me();
    const settings = settingsOf(config, 'UTC');
    return {
      streams: [{ name: 'conversations', order: 'asc', grain: 's' }],
      capabilities,
      settings: {
        ...settings,
        ...(zone === null || config.calendar ? {} : { timeZone: zone }),
        statuses: { ...statuses, ...config.statuses },
      },
      calendars: calendarsOf(config, zone ?? 'UTC'),
    };
  },
  read: (config, _stream, from, context) => readConversations(config, from, context),
  async *census(config, context) {
    for await (const { rows } of new IntercomClient(config, context).changed(null, null)) yield rows.map(({ id }) => id);
  },
  look,
  map: (config, _stream, record) => mapConversation(config, record),
  dependsOn: ({ url, linkedTools }) => ({ identity: { url: url.replace(/\/+$/, '') }, mapping: { linkedTools } }),
};

function check(config: IntercomConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const client = new IntercomClient(config, context);
    const { name, workspaceName, zone, at } = await client.me();
    const { total, headers } = await client.count();
    const limit = headers.get('x-ratelimit-limit');
    return {
      ok: true,
      findings: [
        `The token is that of ${name || 'an app'} in ${workspaceName}; it may read conversations.`,
        ...(total === null ? [] : [`${total} conversations.`]),
        ...(zone === null ? [] : [`The zone of the workspace is ${zone}.`]),
        ...clockFinding('Intercom', at, context.now()),
        ...(limit === null ? [] : [`Intercom allows ${limit} requests a window of ten seconds; half of them are used.`]),
      ],
    };
  });
}

/** A conversation that was deleted or merged into another is not found. */
function look(config: IntercomConfig, externalId: string, context: Context): Promise<Presence> {
  return presenceOf(async () => (await new IntercomClient(config, context).conversation(externalId)) !== null);
}

const cut = 'Of a conversation with more than 500 parts Intercom gives the newest 500; such ones are counted as truncated_history.';
const whole: Capability = { fidelity: 'full', reason: cut };
const due: Capability = none('Intercom tells no due dates, and no history of attributes that could hold them.');

const capabilities: Capabilities = {
  status: whole,
  courts: whole,
  finish: whole,
  reopen: whole,
  team: whole,
  person: whole,
  due,
  'first-due': due,
  'due-history': due,
  messages: whole,
  visibility: whole,
  customer: { fidelity: 'full', reason: 'The contact of a conversation; the company of a contact is not read.' },
  rating: { fidelity: 'full', reason: 'The rating that holds now; earlier ones are not told.' },
  links: full,
};

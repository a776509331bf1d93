import { courtsOf, full, none } from '../../capability.js';
import type { Capabilities, Capability, CheckResult, Connector, Context, Presence, StatusMeaning } from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { clockFinding } from '../../http/clock.js';
import { checked } from '../checked.js';
import { presenceOf } from '../presence.js';
import { HubspotClient, hubspotSecret } from './client.js';
import { mapObject } from './map.js';
import { allStages, stageMeanings } from './names.js';
import { fieldsOf, hubspotConfigSchema, kinds, type HubspotConfig, type Kind } from './payload.js';
import { readObjects } from './read.js';

/** HubSpot: tickets and deals with the history of their stage, owner and team, with e-mails and notes. */
export const hubspotConnector: Connector<HubspotConfig> = {
  id: 'hubspot',
  mapVersion: 1,
  configSchema: hubspotConfigSchema,
  secretNames: [hubspotSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config, context) {
    const client = new HubspotClient(config, context);
    const [{ zone }, { stages }] = [await client.account(), await allStages(client)];
    const statuses = { ...stageMeanings(stages), ...config.statuses };
    return {
      streams: config.objects.map((name) => ({ name, order: 'asc', grain: 'ms' })),
      capabilities: capabilitiesOf(config, Object.values(statuses)),
      settings: { ...settingsOf(config, zone ?? config.zone), statuses },
      calendars: calendarsOf(config, config.zone),
    };
  },
  read: (config, stream, from, context) => readObjects(config, kindOf(stream), from, context),
  async *census(config, context) {
    const client = new HubspotClient(config, context);
    for (const kind of config.objects) for await (const ids of client.ids(kind)) yield ids.map((id) => `${fieldsOf[kind].type} ${id}`);
  },
  look,
  map: (config, stream, record) => mapObject(config, kindOf(stream), record),
  dependsOn: ({ url, dueField, customer, linkedTools, zone, endOfDay }) => ({
    identity: { url: url.replace(/\/+$/, ''), dueField: dueField ?? null },
    mapping: { customer, linkedTools, zone, endOfDay },
  }),
};

function check(config: HubspotConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const client = new HubspotClient(config, context);
    const { portal, zone, at, headers } = await client.account();
    const findings = [`The token is of the HubSpot account ${portal}.`];
    for (const kind of config.objects) {
      const { total, found } = await client.search(kind, null, 0, 1);
      findings.push(`It sees ${total} ${kind}.`);
      for (const type of ['companies', 'contacts', 'emails', 'notes', fieldsOf[kind].other]) {
        const [first] = found;
        if (first && (await client.associated(kind, type, [first.id])) === null)
          findings.push(`It may not read the ${type} of ${kind}: they will be missing. Give its app the scope for ${type}.`);
      }
      if (config.dueField !== undefined && !(await client.hasProperty(kind, config.dueField)))
        findings.push(`${kind} have no property ${config.dueField}: they will have no due dates. Its internal name is wanted.`);
    }
    if (zone !== null) findings.push(`The account's zone is ${zone}.`);
    const limit = headers.get('x-hubspot-ratelimit-max');
    if (limit !== null) findings.push(`HubSpot allows ${limit} requests in ten seconds; half of them are used.`);
    return { ok: true, findings: [...findings, ...clockFinding('HubSpot', at, context.now())] };
  });
}

/** An object merged into another one answers under the other's id. */
function look(config: HubspotConfig, externalId: string, context: Context): Promise<Presence> {
  const [type, id = ''] = externalId.split(' ');
  const kind = kinds.find((one) => fieldsOf[one].type === type) ?? 'tickets';
  return presenceOf(async () => (await new HubspotClient(config, context).present(kind, id)) === id);
}

function kindOf(stream: string): Kind {
  return stream === 'deals' ? 'deals' : 'tickets';
}

const kept = 'HubSpot keeps the latest 20 values of a property; an item with more is counted as history_truncated.';
const history: Capability = { fidelity: 'full', reason: kept };

function capabilitiesOf({ dueField }: HubspotConfig, meanings: readonly StatusMeaning[]): Capabilities {
  const due: Capability =
    dueField === undefined ? none('HubSpot has no date given to the customer; name the property that holds it as dueField.') : history;
  return {
    status: history,
    courts: courtsOf(meanings, 'No stage of this account has the meaning of a waiting one.', history),
    finish: history,
    reopen: history,
    team: history,
    person: history,
    due,
    'first-due': due,
    'due-history': due,
    messages: { fidelity: 'full', reason: 'E-mails and notes are read; chats of the conversations inbox are not.' },
    visibility: full,
    customer: { fidelity: 'full', reason: 'The company or contact an item has now; another one is seen with the next change of the item.' },
    rating: none('Answers to the surveys of HubSpot are not read.'),
    links: { fidelity: 'full', reason: 'Deals and tickets as they are associated now, and addresses of the tools named as linkedTools.' },
  };
}

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
import { ServiceNowClient, serviceNowSecret } from './client.js';
import { mapTask } from './map.js';
import { serviceNowConfigSchema, type ServiceNowConfig } from './payload.js';
import { auditsOf, readTasks, statesOf } from './read.js';

/** A table of tasks of ServiceNow, such as incidents, by the Table API: records with their audits and journals. */
export const serviceNowConnector: Connector<ServiceNowConfig> = {
  id: 'servicenow',
  mapVersion: 2,
  configSchema: serviceNowConfigSchema,
  secretNames: [serviceNowSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config, context) {
    const client = new ServiceNowClient(config, context);
    return {
      streams: [{ name: 'tasks', order: 'asc', grain: 's' }],
      capabilities: capabilitiesOf(await audits(client, config), await client.count('sys_journal_field', '')),
      settings: await settingsFor(config, client),
      calendars: calendarsOf(config, config.zone),
    };
  },
  read: (config, _stream, from, context) => readTasks(config, from, context),
  async *census(config, context) {
    const client = new ServiceNowClient(config, context);
    for await (const { rows } of client.all(config.table, '', 'sys_id', () => true)) yield rows.map(({ sys_id }) => String(sys_id));
  },
  look,
  map: (config, _stream, record) => mapTask(config, record),
  dependsOn: ({ url, table, statuses: _statuses, settings: _settings, calendar: _calendar, user: _user, ...mapping }) => ({
    identity: { url: url.replace(/\/+$/, ''), table, fields: [mapping.stateField, mapping.dueField], staffRoles: mapping.staffRoles },
    mapping: { url, ...mapping, webUrl: mapping.webUrl ?? null },
  }),
};

const audits = (client: ServiceNowClient, config: ServiceNowConfig) => client.count('sys_audit', auditsOf(config).slice(1));

function check(config: ServiceNowConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const client = new ServiceNowClient(config, context);
    const { total, at, headers } = await client.page(config.table, '', { limit: 1, fields: 'sys_id' });
    const told = await audits(client, config);
    const said = await client.count('sys_journal_field', '');
    const limit = headers.get('x-ratelimit-limit');
    return {
      ok: true,
      findings: [
        `It counts ${total ?? 'an unknown number of'} records in ${config.table}, those hidden from this account included.`,
        told
          ? `It may read the audits of ${config.table}: ${told} changes.`
          : `It sees no audit of ${config.table}: no history. Turn auditing of the table on, and give the account the right to read sys_audit.`,
        said
          ? 'It may read comments and work notes.'
          : 'It sees no comments and work notes. Give the account the right to read sys_journal_field.',
        'Times are stored in UTC; the zone of the account changes nothing.',
        ...clockFinding('ServiceNow', at, context.now()),
        ...(limit === null ? [] : [`ServiceNow allows ${limit} requests an hour; half of them are used.`]),
      ],
    };
  });
}

/** A record that was deleted is in the list of deletions; one that is merely not found may be hidden by a rule. */
async function look(config: ServiceNowConfig, externalId: string, context: Context): Promise<Presence> {
  const client = new ServiceNowClient(config, context);
  if ((await client.exists(config.table, externalId)) === true) return 'present';
  const deletions = await client.count('sys_audit_delete', `documentkey=${externalId}`);
  return (deletions ?? 0) > 0 ? 'gone' : 'hidden';
}

async function settingsFor(config: ServiceNowConfig, client: ServiceNowClient): Promise<Partial<ConnectionSettings>> {
  const labels = Object.values(await statesOf(client, config.table, config.stateField));
  const guessed = labels.map((label): [string, StatusMeaning] => [label, guessMeaning(label)]);
  return { ...settingsOf(config, config.zone), statuses: { ...Object.fromEntries(guessed), ...config.statuses } };
}

function capabilitiesOf(told: number | null, said: number | null): Capabilities {
  const unaudited = 'No audit of the table can be read: it is not audited, or the account has no right to read sys_audit.';
  const history: Capability = told ? full : none(unaudited);
  const now: Capability = told ? full : { fidelity: 'snapshot-diff', reason: `${unaudited} What holds now is known.` };
  const messages: Capability = said ? full : none('The account may not read sys_journal_field, or nothing is written there.');
  return {
    status: history,
    courts: history,
    finish: now,
    reopen: history,
    team: history,
    person: history,
    due: now,
    'first-due': history,
    'due-history': history,
    messages,
    visibility: messages,
    customer: full,
    rating: none('ServiceNow keeps ratings in surveys of its own, which are not read.'),
    links: { fidelity: 'full', reason: 'Parent incidents; links that other tables hold are not read.' },
  };
}

import { courtsOf, full, none } from '../../capability.js';
import {
  type Capabilities,
  type CheckResult,
  type Connector,
  type ConnectionSettings,
  type Context,
  type Presence,
  type StatusMeaning,
} from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { clockFinding } from '../../http/clock.js';
import { checked } from '../checked.js';
import { guessMeaning } from '../guess-meaning.js';
import { presenceOf } from '../presence.js';
import { issuesBelow } from './changes.js';
import { RedmineClient, redmineSecret } from './client.js';
import { mapIssue } from './map.js';
import { configSchema, type RedmineConfig } from './payload.js';
import { readIssues } from './read.js';

/** Redmine 4 and later by its REST API: issues with their journals. An administrator's key sees all of them. */
export const redmineConnector: Connector<RedmineConfig> = {
  id: 'redmine',
  mapVersion: 1,
  configSchema,
  secretNames: [redmineSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config, context) {
    const settings = await settingsFor(config, context);
    return {
      streams: [{ name: 'issues', order: 'asc', grain: 's' }],
      capabilities: capabilitiesOf(config, Object.values(settings.statuses ?? {})),
      settings,
      calendars: calendarsOf(config, config.zone),
    };
  },
  read: (config, _stream, from, context) => readIssues(config, from, context),
  async *census(config, context) {
    for await (const { issues } of issuesBelow(new RedmineClient(config, context), null)) yield issues.map(({ id }) => String(id));
  },
  look,
  map: (config, _stream, record) => mapIssue(config, record),
  dependsOn: ({ url, statuses: _statuses, settings: _settings, calendar: _calendar, ...mapping }) => ({
    identity: { url: url.replace(/\/+$/, '') },
    mapping: { url, ...mapping },
  }),
};

function check(config: RedmineConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const client = new RedmineClient(config, context);
    const account = await client.account();
    const { total } = await client.list({ limit: 1 });
    const rights = account.isAdmin
      ? `The key is that of the administrator ${account.login}.`
      : `The key is that of ${account.login}, who is no administrator: what that account may not see is missing, such as private notes of others, and groups and administrators are not told apart. Use an administrator's key where that matters.`;
    return { ok: true, findings: [rights, `It sees ${total} issues.`, ...clockFinding('Redmine', account.at, context.now())] };
  });
}

/** Redmine answers 404 for what is gone and 403 for what a key may not see. */
function look(config: RedmineConfig, externalId: string, context: Context): Promise<Presence> {
  return presenceOf(async () => (await new RedmineClient(config, context).issue(Number(externalId))) !== null);
}

/** Statuses as Redmine has them now, with meanings guessed from name and kind where the config gives none. */
async function settingsFor(config: RedmineConfig, context: Context): Promise<Partial<ConnectionSettings>> {
  const found = await new RedmineClient(config, context).statuses();
  const guessed = found.map(({ name, isClosed }): [string, StatusMeaning] => [name, guessMeaning(name, isClosed)]);
  const settings = settingsOf(config, config.zone);
  return { ...settings, statuses: { ...Object.fromEntries(guessed), ...config.statuses } };
}

function capabilitiesOf(config: RedmineConfig, meanings: readonly StatusMeaning[]): Capabilities {
  return {
    status: full,
    courts: courtsOf(meanings, 'No status of this Redmine has the meaning of a waiting one.'),
    finish: full,
    reopen: full,
    team:
      config.team === 'group'
        ? { fidelity: 'full', reason: 'The team of a person is the one group they are in now, also for the past.' }
        : full,
    person: full,
    due: full,
    'first-due': full,
    'due-history': full,
    messages: {
      fidelity: 'full',
      reason: 'A note that was edited is told as it reads now, found within a day where its issue did not change since.',
    },
    visibility: full,
    customer: full,
    rating: none('Redmine has no ratings.'),
    links: full,
  };
}

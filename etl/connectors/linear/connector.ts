import { courtsOf, full, none } from '../../capability.js';
import type { Capabilities, Capability, CheckResult, Connector, ConnectionSettings, Context, StatusMeaning } from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { clockFinding } from '../../http/clock.js';
import { checked } from '../checked.js';
import { guessMeaning } from '../guess-meaning.js';
import { LinearClient, linearSecret } from './client.js';
import { mapIssue } from './map.js';
import { configSchema, type LinearConfig } from './payload.js';
import { readIssues } from './read.js';

/** Linear by its GraphQL API: issues with their history and comments. The secret is an API key or an OAuth token. */
export const linearConnector: Connector<LinearConfig> = {
  id: 'linear',
  mapVersion: 2,
  configSchema,
  secretNames: [linearSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config, context) {
    const settings = await settingsFor(config, context);
    return {
      streams: [{ name: 'issues', order: 'asc', grain: 'ms' }],
      capabilities: capabilitiesOf(Object.values(settings.statuses ?? {})),
      settings,
      calendars: calendarsOf(config, config.zone),
    };
  },
  read: (config, _stream, from, context) => readIssues(config, from, context),
  map: (config, _stream, record) => mapIssue(config, record),
  dependsOn: ({ url, teams, statuses: _statuses, settings: _settings, calendar: _calendar, ...mapping }) => ({
    identity: { url: url.replace(/\/+$/, ''), teams },
    mapping,
  }),
};

function check(config: LinearConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const client = new LinearClient(config, context);
    const { name, organization, issues, at, limit } = await client.viewer();
    const teams = await client.teams();
    return {
      ok: true,
      findings: [
        `Signed in to ${organization} as ${name}.`,
        `The workspace has had ${issues} issues; those of ${teams.length} teams are seen, not those of private teams without ${name}.`,
        'Linear tells all times in UTC.',
        ...clockFinding('Linear', at, context.now()),
        ...(limit === null ? [] : [`Linear allows ${limit} requests an hour; half of them are used.`]),
      ],
    };
  });
}

/** Linear sorts its statuses into types; the name tells who is waited for. */
function meaningOf({ name, type }: { name: string; type: string }): StatusMeaning {
  if (type === 'completed') return 'done';
  if (type === 'canceled' || type === 'duplicate') return 'cancelled';
  const guessed = guessMeaning(name, false);
  if (guessed === 'customer' || guessed === 'third_party') return guessed;
  return type === 'started' ? 'ours_active' : 'ours_waiting';
}

async function settingsFor(config: LinearConfig, context: Context): Promise<Partial<ConnectionSettings>> {
  const states = await new LinearClient(config, context).states();
  const guessed = states.map((state): [string, StatusMeaning] => [state.name, meaningOf(state)]);
  return { ...settingsOf(config, config.zone), statuses: { ...Object.fromEntries(guessed), ...config.statuses } };
}

const grouped: Capability = {
  fidelity: 'full',
  reason: 'What one person changes within some minutes is one entry: values in between are not told.',
};

function capabilitiesOf(meanings: readonly StatusMeaning[]): Capabilities {
  return {
    status: grouped,
    courts: courtsOf(meanings, 'No status of this workspace has the meaning of a waiting one.'),
    finish: full,
    reopen: grouped,
    team: grouped,
    person: grouped,
    due: full,
    'first-due': full,
    'due-history': grouped,
    messages: { fidelity: 'full', reason: 'A comment that was edited is told as it reads now.' },
    visibility: none('Linear does not tell comments for a customer from those among colleagues.'),
    customer: {
      fidelity: 'full',
      reason: 'A customer is who a request on the issue names, or who opened it from outside; other issues have none.',
    },
    rating: none('Linear has no ratings.'),
    links: full,
  };
}

import { courtsOf, full } from '../../capability.js';
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
import { isHttpError } from '../../http/errors.js';
import { checked } from '../checked.js';
import { guessMeaning } from '../guess-meaning.js';
import { JiraClient, jiraSecret } from './client.js';
import { jql } from './jql.js';
import { mapIssue } from './map.js';
import { configSchema, type JiraConfig } from './payload.js';
import { issueIds, readIssues } from './read.js';

/** Jira Cloud and Data Center, with or without Service Management: issues with their changelogs and comments. */
export const jiraConnector: Connector<JiraConfig> = {
  id: 'jira',
  mapVersion: 2,
  configSchema,
  secretNames: [jiraSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config, context) {
    const client = await JiraClient.open(config, context);
    const settings = await settingsFor(config, client);
    return {
      streams: [{ name: 'issues', order: 'asc', grain: 'min' }],
      capabilities: capabilitiesOf(config, client.isCloud, Object.values(settings.statuses ?? {})),
      settings,
      calendars: calendarsOf(config, config.zone),
    };
  },
  read: (config, _stream, from, context) => readIssues(config, from, context),
  census: issueIds,
  look,
  map: (config, _stream, record) => mapIssue(config, record),
  dependsOn: ({ url, projects, statuses: _statuses, settings: _settings, calendar: _calendar, ...mapping }) => ({
    identity: { url: url.replace(/\/+$/, ''), projects: [...projects].sort() },
    mapping: { url, ...mapping },
  }),
};

function check(config: JiraConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const client = await JiraClient.open(config, context);
    const { name, zone, at, headers } = await client.me();
    const rights = await client.permissions('BROWSE_PROJECTS', 'ADMINISTER');
    const limit = headers.get('x-ratelimit-limit');
    const findings = [`${await client.version()} answers; signed in as ${name}.`];
    if (!rights.has('BROWSE_PROJECTS')) {
      return {
        ok: false,
        findings: [...findings, 'The account may browse no project: give it the right Browse projects where it is to read.'],
      };
    }
    const everything = jql(config, 'created >= "1970-01-01"', 'created DESC');
    findings.push(`It sees ${await client.count(everything)} issues.`);
    if (client.isCloud && !rights.has('ADMINISTER')) {
      findings.push(
        'The account is no administrator of Jira, so it cannot tell a deleted issue from one it may not see: deleted issues stay in the figures.',
      );
    }
    findings.push(
      zone === null ? 'Jira does not tell the zone of the account; more is read again each time.' : `The account's zone is ${zone}.`,
    );
    findings.push(...clockFinding('Jira', at, context.now()));
    if (limit !== null) findings.push(`Jira allows ${limit} requests at a time; half of them are used.`);
    return { ok: true, findings };
  });
}

/**
 * A Data Center answers 404 for what is gone and 403 for what an account may not see. The Cloud answers 404 for both: there
 * only its audit log proves a deletion, which names the issue by its key.
 */
async function look(config: JiraConfig, externalId: string, context: Context, url?: string): Promise<Presence> {
  const client = await JiraClient.open(config, context);
  try {
    await client.issue(externalId);
    return 'present';
  } catch (error) {
    if (isHttpError(error, 'forbidden')) return 'hidden';
    if (!isHttpError(error, 'not-found')) throw error;
    if (!client.isCloud) return 'gone';
    const key = /\/browse\/([^/?#]+)$/.exec(url ?? '')?.[1];
    return key !== undefined && (await client.isDeleted(key)) ? 'gone' : 'hidden';
  }
}

/** Statuses as Jira has them now, with meanings guessed from name and category where the config gives none. */
async function settingsFor(config: JiraConfig, client: JiraClient): Promise<Partial<ConnectionSettings>> {
  const found = await client.statuses();
  const guessed = found.map(({ name, category }): [string, StatusMeaning] => [name, meaningOf(name, category)]);
  const settings = settingsOf(config, config.zone);
  return { ...settings, statuses: { ...Object.fromEntries(guessed), ...config.statuses } };
}

const byCategory: Record<string, StatusMeaning> = { new: 'ours_waiting', indeterminate: 'ours_active' };

/** The category says whether a status ends an issue; where its name says nothing, also whether work has begun. */
export function meaningOf(name: string, category: string | undefined): StatusMeaning {
  const guess = guessMeaning(name, category === undefined || category === 'undefined' ? undefined : category === 'done');
  return guess === 'unmapped' ? (byCategory[category ?? ''] ?? guess) : guess;
}

function capabilitiesOf(config: JiraConfig, isCloud: boolean, meanings: readonly StatusMeaning[]): Capabilities {
  const accounts: Capability =
    isCloud || config.customers === 'reporters'
      ? full
      : {
          fidelity: 'full',
          reason: 'A Data Center does not tell customers from colleagues; set customers to "reporters" where they report.',
        };
  const due: Capability =
    config.dueField === undefined
      ? { fidelity: 'full', reason: 'The due date of Jira; name a custom field as dueField for another.' }
      : full;
  return {
    status: full,
    courts: courtsOf(meanings, 'No status of this Jira has the meaning of a waiting one.'),
    finish: full,
    reopen: full,
    team: full,
    person: full,
    due,
    'first-due': due,
    'due-history': due,
    messages: accounts,
    visibility: { fidelity: 'full', reason: 'Outside of Service Management only comments restricted to a role or a group are internal.' },
    customer: accounts,
    rating: { fidelity: 'full', reason: 'The rating a request of Service Management has now; issues without it have none.' },
    links: full,
  };
}

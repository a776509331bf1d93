import { courtsOf, full, none } from '../../capability.js';
import {
  SourceError,
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
import { isHttpError } from '../../http/errors.js';
import { checked } from '../checked.js';
import { labelled } from '../labels.js';
import { guessMeaning } from '../guess-meaning.js';
import { GithubClient, githubSecret } from './client.js';
import { mapIssue } from './map.js';
import { configSchema, plainStatuses, type GithubConfig } from './payload.js';
import { issueIds, readIssues, streamOf } from './read.js';

/** Issues of GitHub with their timelines, by its REST API of 2022-11-28. Teams, statuses and priorities are labels. */
export const githubConnector: Connector<GithubConfig> = {
  id: 'github',
  mapVersion: 1,
  configSchema,
  secretNames: [githubSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config, context) {
    const settings = await settingsFor(config, context);
    return {
      streams: config.repositories.map((repository) => ({ name: streamOf(repository), order: 'asc', grain: 's' })),
      capabilities: capabilitiesOf(config, Object.values(settings.statuses ?? {})),
      settings,
      calendars: calendarsOf(config, 'UTC'),
    };
  },
  read: readIssues,
  async *census(config, context) {
    for (const repository of config.repositories) yield* issueIds(config, repository, context);
  },
  look,
  map: (config, _stream, record) => mapIssue(config, record),
  dependsOn: ({ url, pageSize: _pageSize, statuses: _statuses, settings: _settings, calendar: _calendar, ...mapping }) => ({
    identity: { url: url.replace(/\/+$/, '') },
    mapping,
  }),
};

function check(config: GithubConfig, context: Context): Promise<CheckResult> {
  return checked(async (findings) => {
    let last: { at: string | null; limit: string | null } = { at: null, limit: null };
    for (const repository of config.repositories) {
      const { body, at, headers } = await new GithubClient(config, repository, context).about().catch((error: unknown) => {
        if (!isHttpError(error, 'not-found')) throw error;
        throw new SourceError(`There is no ${repository}, or the token does not reach it: give it the right to read its issues.`);
      });
      if (body.has_issues === false) throw new SourceError(`${repository} has no issues: they are turned off in its settings.`);
      findings.push(`${repository} has ${body.open_issues_count} open issues and pull requests; issues are read, open and closed.`);
      last = { at, limit: headers.get('x-ratelimit-limit') };
    }
    findings.push(...clockFinding('GitHub', last.at, context.now()));
    if (last.limit !== null) findings.push(`GitHub allows ${last.limit} requests an hour; half of them are used, one or two for an issue.`);
    return { ok: true, findings };
  });
}

/** GitHub says 404 also where a token does not reach a repository, so that is asked first. An issue that moved away is gone from here. */
async function look(config: GithubConfig, externalId: string, context: Context): Promise<Presence> {
  const [repository = '', number = ''] = externalId.split('#');
  const client = new GithubClient(config, repository, context);
  try {
    const { body } = await client.about();
    const found = await client.issue(Number(number));
    return found !== null && found.number === Number(number) && found.repository_url === body.url ? 'present' : 'gone';
  } catch (error) {
    if (isHttpError(error, 'forbidden', 'not-found')) return 'hidden';
    throw error;
  }
}

const plainMeanings: Record<string, StatusMeaning> = {
  [plainStatuses.open]: 'ours_active',
  [plainStatuses.closed]: 'done',
  [plainStatuses.notPlanned]: 'cancelled',
  [plainStatuses.duplicate]: 'cancelled',
};

/** Statuses are the labels with the prefix, and how GitHub itself ends an issue. */
async function settingsFor(config: GithubConfig, context: Context): Promise<Partial<ConnectionSettings>> {
  const guessed: Record<string, StatusMeaning> = { ...plainMeanings };
  for (const repository of config.repositories) {
    for (const label of await new GithubClient(config, repository, context).labels()) {
      const status = labelled([label], config.statusLabels);
      if (status !== undefined) guessed[status] ??= guessMeaning(status, false);
    }
  }
  return { ...settingsOf(config, 'UTC'), statuses: { ...guessed, ...config.statuses } };
}

const noDue = none('GitHub issues have no due date; that of a milestone has no history.');

function capabilitiesOf(config: GithubConfig, meanings: readonly StatusMeaning[]): Capabilities {
  return {
    status: full,
    courts: courtsOf(
      meanings,
      `No label of the statuses (${config.statusLabels.join(', ')}) has the meaning of waiting; GitHub itself knows open and closed alone.`,
    ),
    finish: full,
    reopen: full,
    team: config.team === 'label' || Object.keys(config.teams).length > 0 ? full : none('The connection names no people of teams (teams).'),
    person: { fidelity: 'full', reason: 'Of several assignees the one who was assigned first is the owner.' },
    due: noDue,
    'first-due': noDue,
    'due-history': noDue,
    messages: { fidelity: 'full', reason: 'A comment that was edited is told as it reads now; one that was deleted is not told.' },
    visibility: none('Comments on GitHub are seen by all who see the issue.'),
    customer: full,
    rating: none('GitHub has no ratings.'),
    links: {
      fidelity: 'full',
      reason: 'Issues that refer to an issue, and addresses of the tools named as linkedTools; pull requests are not told.',
    },
  };
}

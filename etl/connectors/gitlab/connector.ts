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
import { guessMeaning } from '../guess-meaning.js';
import { labelled } from '../labels.js';
import { GitlabClient, gitlabSecret } from './client.js';
import { mapIssue } from './map.js';
import { configSchema, plainStatuses, type GitlabConfig } from './payload.js';
import { issueIds, readIssues, streamOf } from './read.js';

/** From this level on a member sees confidential issues and internal notes. */
const reporter = 20;

/** Issues of a GitLab with their events and notes, by its REST API v4. Teams, statuses and priorities are labels. */
export const gitlabConnector: Connector<GitlabConfig> = {
  id: 'gitlab',
  mapVersion: 1,
  configSchema,
  secretNames: [gitlabSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config, context) {
    const settings = await settingsFor(config, context);
    return {
      streams: config.projects.map((project) => ({ name: streamOf(project), order: 'asc', grain: 'ms' })),
      capabilities: capabilitiesOf(config, Object.values(settings.statuses ?? {})),
      settings,
      calendars: calendarsOf(config, config.zone),
    };
  },
  read: readIssues,
  async *census(config, context) {
    for (const project of config.projects) yield* issueIds(config, project, context);
  },
  look,
  map: (config, _stream, record) => mapIssue(config, record),
  dependsOn: ({ url, pageSize: _pageSize, statuses: _statuses, settings: _settings, calendar: _calendar, ...mapping }) => ({
    identity: { url: url.replace(/\/+$/, '') },
    mapping,
  }),
};

function check(config: GitlabConfig, context: Context): Promise<CheckResult> {
  return checked(async (findings) => {
    for (const [index, project] of config.projects.entries()) {
      const client = new GitlabClient(config, project, context);
      if (index === 0) findings.push(`The token is that of ${(await client.account()).name}.`);
      const { openIssues, at, headers } = await client.project().catch((error: unknown) => {
        if (!isHttpError(error, 'not-found')) throw error;
        throw new SourceError(
          `There is no ${project}, or the token does not reach it: give it the scope read_api and the role of a reporter there.`,
        );
      });
      findings.push(`${project} has ${openIssues === null ? 'an unknown number of' : openIssues} open issues; closed ones are read too.`);
      if (!(await seesAll(client)))
        findings.push(
          `In ${project} the token has less than the role of a reporter: confidential issues and internal notes are missing, and deletions cannot be told.`,
        );
      if (index > 0) continue;
      findings.push(...clockFinding('GitLab', at, context.now()));
      const limit = headers.get('ratelimit-limit');
      if (limit !== null) findings.push(`GitLab allows ${limit} requests a minute; half of them are used, three or more for an issue.`);
    }
    return { ok: true, findings };
  });
}

/** GitLab says 404 for what is gone and for what is hidden alike: only who may see every issue of a project can tell. */
async function look(config: GitlabConfig, externalId: string, context: Context): Promise<Presence> {
  const [project = '', iid = ''] = externalId.split('#');
  const client = new GitlabClient(config, project, context);
  try {
    if (await client.hasIssue(Number(iid))) return 'present';
    return (await seesAll(client)) ? 'gone' : 'hidden';
  } catch (error) {
    if (isHttpError(error, 'forbidden', 'not-found')) return 'hidden';
    throw error;
  }
}

async function seesAll(client: GitlabClient): Promise<boolean> {
  return (await client.project()).level >= reporter || (await client.account()).isAdmin;
}

/** Statuses are the labels, and how GitLab itself ends an issue. */
async function settingsFor(config: GitlabConfig, context: Context): Promise<Partial<ConnectionSettings>> {
  const guessed: Record<string, StatusMeaning> = { [plainStatuses.open]: 'ours_active', [plainStatuses.closed]: 'done' };
  for (const project of config.projects) {
    for (const label of await new GitlabClient(config, project, context).labels()) {
      const status = labelled([label], config.statusLabels);
      if (status !== undefined) guessed[status] ??= guessMeaning(status, false);
    }
  }
  return { ...settingsOf(config, config.zone), statuses: { ...guessed, ...config.statuses } };
}

function capabilitiesOf(config: GitlabConfig, meanings: readonly StatusMeaning[]): Capabilities {
  return {
    status: full,
    courts: courtsOf(
      meanings,
      `No label of the statuses (${config.statusLabels.join(', ')}) has the meaning of waiting; GitLab itself knows open and closed alone.`,
    ),
    finish: full,
    reopen: full,
    team:
      config.team === 'label'
        ? full
        : Object.keys(config.teams).length > 0
          ? { fidelity: 'new-value-only', reason: 'The assignee, whose team it is, is told by the English text of notes.' }
          : none('The connection names no people of teams (teams).'),
    person: {
      fidelity: 'new-value-only',
      reason: 'GitLab tells assignees by the English text of notes; of several the first is the owner.',
    },
    due: full,
    'first-due': none('GitLab does not tell the due date an issue was opened with once it was changed.'),
    'due-history': {
      fidelity: 'new-value-only',
      reason: 'GitLab tells a moved due date by the English text of a note, with the new date alone.',
    },
    messages: {
      fidelity: 'full',
      reason:
        'Someone who left the project and never worked on the issue counts as a customer; a note that was edited is told as it reads now.',
    },
    visibility: full,
    customer: full,
    rating: none('GitLab has no ratings.'),
    links: {
      fidelity: 'new-value-only',
      reason: 'Links are told by notes, and by addresses of the tools named as linkedTools; one that was taken away again is still told.',
    },
  };
}

import { courtsOf, full, none } from '../../capability.js';
import type { Capabilities, CheckResult, Connector, ConnectionSettings, Context, Presence, StatusMeaning } from '../../connector.js';
import { calendarsOf, settingsOf } from '../../files/connection-settings.js';
import { clockFinding } from '../../http/clock.js';
import { checked } from '../checked.js';
import { guessMeaning } from '../guess-meaning.js';
import { presenceOf } from '../presence.js';
import { AsanaClient, asanaSecret, pageSize } from './client.js';
import { mapTask } from './map.js';
import { configSchema, type AsanaConfig } from './payload.js';
import { readTasks, taskIds } from './read.js';
import { completed } from './story.js';

/** Asana by its REST API: the tasks of projects with their stories. A status is a section, or that the task is completed. */
export const asanaConnector: Connector<AsanaConfig> = {
  id: 'asana',
  mapVersion: 1,
  configSchema,
  secretNames: [asanaSecret],
  address: ({ url }) => new URL(url).origin,
  check,
  async discover(config, context) {
    const settings = await settingsFor(config, context);
    return {
      streams: [{ name: 'tasks', order: 'asc', grain: 'ms' }],
      capabilities: capabilitiesOf(config, Object.values(settings.statuses ?? {})),
      settings,
      calendars: calendarsOf(config, config.zone),
    };
  },
  read: (config, _stream, from, context) => readTasks(config, from, context),
  census: (config, context) => taskIds(new AsanaClient(config, context), config.projects),
  look,
  map: (config, _stream, record) => mapTask(config, record),
  dependsOn: ({ url, projects, plan: _plan, statuses: _statuses, settings: _settings, calendar: _calendar, ...mapping }) => ({
    identity: { url: url.replace(/\/+$/, ''), projects },
    mapping,
  }),
};

function check(config: AsanaConfig, context: Context): Promise<CheckResult> {
  return checked(async () => {
    const client = new AsanaClient(config, context);
    const { name, at } = await client.me();
    const findings = [`Signed in as ${name}.`];
    for (const gid of config.projects) {
      const project = await client.project(gid);
      const { rows, next } = await client.tasks(gid, null, null, 'modified_at');
      const count = next === null ? String(rows.length) : `more than ${pageSize}`;
      findings.push(`The project ${project.name} has ${count} tasks; comments and changes of each are read too.`);
    }
    const limit = config.plan === 'paid' ? '1,500' : '150';
    return {
      ok: true,
      findings: [
        ...findings,
        'Private tasks and projects of others are not seen. Asana tells all times in UTC.',
        ...clockFinding('Asana', at, context.now()),
        `Asana allows ${limit} requests a minute in this plan; half of them are used.`,
      ],
    };
  });
}

/** Asana answers 404 for a task that was deleted and 403 for one that the token does not reach. */
function look(config: AsanaConfig, externalId: string, context: Context): Promise<Presence> {
  return presenceOf(() => new AsanaClient(config, context).hasTask(externalId));
}

async function settingsFor(config: AsanaConfig, context: Context): Promise<Partial<ConnectionSettings>> {
  const client = new AsanaClient(config, context);
  const guessed: [string, StatusMeaning][] = [[completed, 'done']];
  for (const project of config.projects) {
    for (const { name } of await client.sections(project)) if (name !== completed) guessed.push([name, guessMeaning(name)]);
  }
  return { ...settingsOf(config, config.zone), statuses: { ...Object.fromEntries(guessed), ...config.statuses } };
}

function capabilitiesOf(config: AsanaConfig, meanings: readonly StatusMeaning[]): Capabilities {
  return {
    status: full,
    courts: courtsOf(meanings, 'No section of these projects has the meaning of a waiting one.'),
    finish: full,
    reopen: full,
    team:
      config.team === 'project'
        ? none('The team is the project that a task is in now; name a single-select field as team where hand-overs between teams count.')
        : full,
    person: full,
    due: full,
    'first-due': full,
    'due-history': full,
    messages: { fidelity: 'full', reason: 'A comment that was edited is told as it reads now.' },
    visibility: none('Asana does not tell comments for a customer from those among colleagues.'),
    customer:
      config.customer === 'author'
        ? { fidelity: 'full', reason: 'A customer is whoever made the task as a guest of the workspace; other tasks have none.' }
        : full,
    rating: none('Asana has no ratings.'),
    links: full,
  };
}

import { z } from 'zod';
import type { Context, Cursor, Json, Page, RawRecord } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { fanOut } from '../../incremental/fan-out.js';
import { readWindow, type WindowPage, type WindowRules } from '../../incremental/window.js';
import { orAbsence } from '../presence.js';
import { AsanaClient, concurrency, stuck, type Listed, type ListedTask, type Project } from './client.js';
import { recordSchema, type AsanaConfig } from './payload.js';

/** A comment that is edited or taken away may leave its task unmoved: once a day the tasks of a day are read again. */
const rules: WindowRules = {
  grain: 'ms',
  overlapMs: 900_000,
  lagMs: 0,
  sweep: { everyMs: 86_400_000, depthMs: 86_400_000 },
};
/** As often the same page may come again before it is clear that the pages do not move. */
const mostRepeats = 10;

const stateSchema = z.object({
  window: z.object({ v: z.number(), state: z.json() }).nullable(),
  /** What sections were called: where one is renamed all is read again, since records hold names. */
  sections: z.record(z.string(), z.string()),
});
const positionSchema = z.object({ project: z.number(), offset: z.string().nullable() });
type Position = z.infer<typeof positionSchema>;

interface Place {
  project: Project;
  sections: ReadonlyMap<string, string>;
  guests: ReadonlySet<string>;
}

/** Tasks modified since the last time, project by project: Asana lists them in no order of time. */
export async function* readTasks(config: AsanaConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new AsanaClient(config, context);
  const places: Place[] = [];
  for (const gid of config.projects) places.push(await placeOf(client, gid));
  const sections = Object.fromEntries(places.flatMap((place) => [...place.sections]));
  const earlier = from ? stateSchema.parse(from.state) : null;
  const isRenamed = earlier !== null && Object.entries(sections).some(([gid, name]) => (earlier.sections[gid] ?? name) !== name);
  const pages = readWindow(isRenamed ? null : (earlier?.window ?? null), rules, (bound, position) =>
    modified(client, places, bound, position),
  );
  for await (const page of pages) yield { ...page, next: { v: 1, state: { window: page.next as unknown as Json, sections } } };
}

async function placeOf(client: AsanaClient, gid: string): Promise<Place> {
  const project = await client.project(gid);
  const sections = await client.sections(gid);
  const guests = project.workspace === null ? [] : await client.guests(project.workspace);
  return { project, sections: new Map(sections.map((section) => [section.gid, section.name])), guests: new Set(guests) };
}

async function* modified(client: AsanaClient, places: readonly Place[], bound: string | null, position: Json): AsyncGenerator<WindowPage> {
  let at: Position = position === null ? { project: 0, offset: null } : positionSchema.parse(position);
  let isResumed = at.offset !== null;
  let repeats = 0;
  for (;;) {
    const place = places[at.project];
    if (!place) return;
    const page = await orExpired(client.tasks(place.project.gid, bound, at.offset), isResumed);
    isResumed = false;
    if (page === null) {
      at = { ...at, offset: null };
      continue;
    }
    const isStuck = page.next !== null && page.next === at.offset;
    repeats = isStuck ? repeats + 1 : 0;
    if (repeats > mostRepeats) throw stuck(`tasks of project ${place.project.gid}`);
    if (isStuck) continue;
    at = page.next === null ? { project: at.project + 1, offset: null } : { ...at, offset: page.next };
    // A task that lies in a project named before is told there.
    const before = new Set(places.slice(0, places.indexOf(place)).map(({ project }) => project.gid));
    const tasks = page.rows.filter((task) => !projectsOf(task).some((gid) => before.has(gid)));
    const read = await fanOut(tasks, concurrency, (task) => orAbsence(() => recordOf(client, place, task)));
    yield {
      rows: read.flatMap((row) => (typeof row === 'string' ? [] : [row])),
      warnings: read.flatMap((row) => (typeof row === 'string' ? [row] : [])),
      position: at,
      isLast: at.project >= places.length,
      sourceNow: page.at,
    };
  }
}

/** Tokens of pages expire: null where one of an earlier run is refused, so that the project is begun anew. */
async function orExpired(page: Promise<Listed<ListedTask>>, isResumed: boolean): Promise<Listed<ListedTask> | null> {
  try {
    return await page;
  } catch (error) {
    if (isResumed && isHttpError(error, 'refused')) return null;
    throw error;
  }
}

function projectsOf(task: ListedTask): string[] {
  const read = z.array(z.looseObject({ project: z.looseObject({ gid: z.string() }) })).safeParse(task['memberships']);
  return read.success ? read.data.map(({ project }) => project.gid) : [];
}

async function recordOf(
  client: AsanaClient,
  { project, sections, guests }: Place,
  task: ListedTask,
): Promise<WindowPage['rows'][number] | null> {
  const stories = await client.stories(task.gid);
  if (stories === null) return null;
  const told = { task, stories, project: { gid: project.gid, name: project.name }, sections: {}, guests: [] };
  const read = recordSchema.safeParse(told);
  const names = read.success ? mentioned(read.data) : { sections: [], people: [] };
  const payload = {
    ...told,
    sections: Object.fromEntries(names.sections.flatMap((gid) => (sections.has(gid) ? [[gid, sections.get(gid)]] : []))),
    guests: names.people.filter((gid) => guests.has(gid)),
  };
  const record: RawRecord = { externalId: task.gid, payload: payload as unknown as Json, op: 'upsert', position: `task ${task.gid}` };
  return { at: task.modified_at ?? task.created_at ?? new Date(0).toISOString(), record };
}

function mentioned({ task, stories }: z.infer<typeof recordSchema>): { sections: string[]; people: string[] } {
  const sections = [
    ...(task.memberships ?? []).map(({ section }) => section),
    ...stories.flatMap((told) => [told.old_section, told.new_section]),
  ];
  const people = [task.created_by, ...stories.map((told) => told.created_by)];
  const ids = (rows: typeof people) => [...new Set(rows.flatMap((row) => (row ? [row.gid] : [])))].sort();
  return { sections: ids(sections), people: ids(people) };
}

/** All tasks of the projects; ends with an error where the pages do not move. */
export async function* taskIds(client: AsanaClient, projects: readonly string[]): AsyncGenerator<string[]> {
  for (const project of projects) {
    const seen = new Set<string>();
    for (let offset: string | null = null; ;) {
      const page: Listed<ListedTask> = await client.tasks(project, null, offset, 'modified_at');
      yield page.rows.map(({ gid }) => gid);
      if (page.next === null) break;
      if (seen.has(page.next)) throw stuck(`tasks of project ${project}`);
      seen.add(page.next);
      offset = page.next;
    }
  }
}

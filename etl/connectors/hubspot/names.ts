import type { StatusMeaning } from '../../connector.js';
import { guessMeaning } from '../guess-meaning.js';
import type { HubspotClient, Owner, Stage } from './client.js';
import { kinds, owner, team, valueIn, type Names } from './payload.js';

/** What stages are called: their label, with its pipeline where stages of one label end differently. */
export function stageNames(stages: readonly Stage[]): Map<string, string> {
  const ends = new Map<string, Set<Stage['end']>>();
  for (const { label, end } of stages) ends.set(label, (ends.get(label) ?? new Set()).add(end));
  return new Map(stages.map(({ id, label, pipeline, end: _end }) => [id, ends.get(label)?.size === 1 ? label : `${pipeline}: ${label}`]));
}

/** Stages with what they probably mean: whether a stage ends an object HubSpot says itself. */
export function stageMeanings(stages: readonly Stage[]): Record<string, StatusMeaning> {
  const names = stageNames(stages);
  return Object.fromEntries(
    stages.map(({ id, label, end }) => [names.get(id) ?? label, end === 'lost' ? 'cancelled' : guessMeaning(label, end === 'won')]),
  );
}

export async function allStages(client: HubspotClient): Promise<{ stages: Stage[]; pipelines: Map<string, string> }> {
  const found = [];
  for (const kind of kinds) found.push(...(await client.pipelines(kind)));
  return { stages: found.flatMap(({ stages }) => stages), pipelines: new Map(found.map(({ id, label }) => [id, label])) };
}

/** Looks up what the ids in an object are called; owners once a run, and only where there is an object. */
export class NameBook {
  private owners: Promise<Owner[]> | null = null;

  constructor(
    private readonly client: HubspotClient,
    readonly stages: ReadonlyMap<string, string>,
    private readonly pipelines: ReadonlyMap<string, string>,
  ) {}

  static async open(client: HubspotClient): Promise<NameBook> {
    const { stages, pipelines } = await allStages(client);
    return new NameBook(client, stageNames(stages), pipelines);
  }

  /** Names of everything that properties and their history speak of; each map in the order of its ids. */
  async of(told: { stage: string; pipeline: string }, objects: readonly { [name: string]: unknown }[]): Promise<Names> {
    this.owners ??= this.client.owners();
    const owners = await this.owners;
    const ids = (property: string) => distinct(objects.flatMap((object) => [...valuesIn(object, property)]));
    const users = distinct(objects.flatMap((object) => usersIn(object)));
    const byUser = users.flatMap((user) => owners.find(({ userId }) => String(userId) === user) ?? []);
    const named = (found: string[], name: (id: string) => string | undefined) =>
      Object.fromEntries(found.flatMap((id): [string, string][] => [[id, name(id) ?? `#${id}`]]));
    return {
      stages: named(ids(told.stage), (id) => this.stages.get(id)),
      pipelines: named(ids(told.pipeline), (id) => this.pipelines.get(id)),
      owners: named(distinct([...ids(owner), ...byUser.map(({ id }) => id)]), (id) => nameOf(owners.find((one) => one.id === id))),
      teams: named(ids(team), (id) => owners.flatMap(({ teams }) => teams ?? []).find((one) => one.id === id)?.name),
      users: Object.fromEntries(byUser.map(({ userId, id }) => [String(userId), id])),
    };
  }
}

function nameOf(found: Owner | undefined): string | undefined {
  if (!found) return undefined;
  return [found.firstName, found.lastName].filter(Boolean).join(' ') || (found.email ?? undefined);
}

/** Now and ever; of forms that are not known nothing is said here, they are refused when mapped. */
function valuesIn(object: { [name: string]: unknown }, property: string): string[] {
  const now = valueIn(recordIn(object['properties']), property);
  const past = pastIn(object, property).flatMap((entry) => valueIn(entry, 'value') ?? []);
  return now === undefined ? past : [now, ...past];
}

function usersIn(object: { [name: string]: unknown }): string[] {
  const properties = Object.keys(recordIn(object['propertiesWithHistory']));
  return properties.flatMap((property) => pastIn(object, property).flatMap((entry) => userIn(entry) ?? []));
}

/** Who set a value, as HubSpot tells it in one of two ways. */
export function userIn(entry: { [name: string]: unknown }): string | undefined {
  if (typeof entry['updatedByUserId'] === 'number') return String(entry['updatedByUserId']);
  return /^userId:(\d+)$/.exec(valueIn(entry, 'sourceId') ?? '')?.[1];
}

function pastIn(object: { [name: string]: unknown }, property: string): { [name: string]: unknown }[] {
  const past = recordIn(object['propertiesWithHistory'])[property];
  return Array.isArray(past) ? past.map(recordIn) : [];
}

function recordIn(value: unknown): { [name: string]: unknown } {
  return value !== null && typeof value === 'object' ? (value as { [name: string]: unknown }) : {};
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

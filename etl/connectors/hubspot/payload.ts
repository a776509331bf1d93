import { z } from 'zod';
import { connectionShape } from '../../tables/mapping.js';
import { dueShape } from '../due-date.js';
import { linkedToolsShape } from '../tool-links.js';

export const kinds = ['tickets', 'deals'] as const;
export type Kind = (typeof kinds)[number];

/** A connection to a HubSpot account: what is read of it, and what its words mean in the house's. */
export const hubspotConfigSchema = z.strictObject({
  /** Another address only where a gateway stands before HubSpot. */
  url: z.url({ protocol: /^https?$/, error: 'write the address like https://api.hubapi.com' }).default('https://api.hubapi.com'),
  objects: z.array(z.enum(kinds)).min(1, 'name tickets, deals or both').default(['tickets', 'deals']),
  /** Who waits: the company, or the contact; each where the other is missing. */
  customer: z.enum(['company', 'contact']).default('company'),
  /** Internal name of the property that holds the date given to the customer; HubSpot has none of its own. */
  dueField: z.string().min(1).optional(),
  ...dueShape,
  ...linkedToolsShape,
  ...connectionShape,
});
export type HubspotConfig = z.output<typeof hubspotConfigSchema>;

/** What the house reads of a kind of object, by HubSpot's internal names. */
export interface KindFields {
  /** Of our item ids: ids of HubSpot are unique within a kind. */
  type: string;
  /** HubSpot's number of the kind, as in the addresses of its pages. */
  page: string;
  title: string;
  stage: string;
  pipeline: string;
  priority: string;
  channel?: string;
  /** What was written down of it first. */
  text: string;
  attributes: readonly string[];
  other: Kind;
}
export const fieldsOf: Record<Kind, KindFields> = {
  tickets: {
    type: 'ticket',
    page: '0-5',
    title: 'subject',
    stage: 'hs_pipeline_stage',
    pipeline: 'hs_pipeline',
    priority: 'hs_ticket_priority',
    channel: 'source_type',
    text: 'content',
    attributes: ['hs_ticket_category'],
    other: 'deals',
  },
  deals: {
    type: 'deal',
    page: '0-3',
    title: 'dealname',
    stage: 'dealstage',
    pipeline: 'pipeline',
    priority: 'hs_priority',
    text: 'description',
    attributes: ['amount', 'deal_currency_code', 'dealtype'],
    other: 'tickets',
  },
};

export const owner = 'hubspot_owner_id';
export const team = 'hubspot_team_id';

/** Properties that are asked for with all their values; the rest of those read has only what it has now. */
export function followed(config: Pick<HubspotConfig, 'dueField'>, kind: Kind): string[] {
  return [fieldsOf[kind].stage, owner, team, ...(config.dueField === undefined ? [] : [config.dueField])];
}

export function plain(kind: Kind): string[] {
  const { title, pipeline, priority, channel, text: written, attributes } = fieldsOf[kind];
  return [
    title,
    pipeline,
    priority,
    written,
    ...(channel === undefined ? [] : [channel]),
    ...attributes,
    'createdate',
    'hs_lastmodifieddate',
  ];
}

/** Ids come as texts, in some answers as numbers. */
export const key = z.union([z.string(), z.number()]).transform(String);
const text = z.string().nullish();
const properties = z.record(z.string(), z.unknown());

/** One value that a property had; HubSpot tells the latest first. */
const past = z.looseObject({
  value: text,
  timestamp: z.string(),
  sourceType: text,
  sourceId: text,
  updatedByUserId: z.number().nullish(),
});
export type Past = z.output<typeof past>;

/** https://developers.hubspot.com/docs/guides/api/crm/objects/tickets */
export const objectSchema = z.looseObject({
  id: key,
  properties,
  propertiesWithHistory: z.record(z.string(), z.array(past)).nullish(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

const engagement = z.looseObject({ id: key, properties, createdAt: z.string() });
export type Engagement = z.output<typeof engagement>;

/** An object with everything that belongs to it, and names for its ids. Null: the token does not reach it. */
export const recordSchema = z.looseObject({
  object: objectSchema,
  account: z.object({ portal: z.string(), domain: z.string() }),
  names: z.object({
    stages: z.record(z.string(), z.string()),
    pipelines: z.record(z.string(), z.string()),
    owners: z.record(z.string(), z.string()),
    teams: z.record(z.string(), z.string()),
    /** Owner behind a user. */
    users: z.record(z.string(), z.string()),
  }),
  companies: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
  contacts: z.array(z.object({ id: z.string(), name: z.string() })).nullable(),
  emails: z.array(engagement).nullable(),
  notes: z.array(engagement).nullable(),
  others: z.array(z.object({ id: z.string(), createdAt: z.string() })).nullable(),
});
export type HubspotRecord = z.output<typeof recordSchema>;
export type Names = HubspotRecord['names'];

/** What a property has now, as text; undefined where it is empty. */
export function valueIn(of: Record<string, unknown>, name: string): string | undefined {
  const value = of[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

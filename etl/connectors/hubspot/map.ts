import type { CustomerRow, ItemRow, LinkRow, MappedRecord, RawRecord } from '../../connector.js';
import { readRecord } from '../read-record.js';
import { linksIn } from '../tool-links.js';
import { fieldsOf, recordSchema, valueIn, type HubspotConfig, type HubspotRecord, type Kind } from './payload.js';
import { Story } from './story.js';

/** One ticket or deal with its whole history. */
export function mapObject(config: HubspotConfig, kind: Kind, record: RawRecord): MappedRecord {
  const told = readRecord('HubSpot', recordSchema, record);
  const { names, companies, contacts } = told;
  const story = new Story(config, kind, told);
  story.open();
  story.tell();
  story.say();
  const customers = [
    ...(companies ?? []).map((row) => customer('company', row)),
    ...(contacts ?? []).map((row) => customer('contact', row)),
  ];
  const preferred = customers.filter(({ externalId }) => externalId.startsWith(config.customer));
  const waiting = preferred[0] ?? customers[0];
  return {
    item: describe(kind, told, waiting?.externalId),
    events: story.events,
    links: [...linksOf(kind, told), ...foreignLinks(config, kind, told)],
    people: Object.entries(names.owners).map(([externalId, name]) => ({ externalId, name })),
    teams: Object.entries(names.teams).map(([externalId, name]) => ({ externalId, name })),
    customers: waiting ? [waiting] : [],
    warnings: story.warnings,
  };
}

function customer(what: 'company' | 'contact', { id, name }: { id: string; name: string }): CustomerRow {
  return { externalId: `${what} ${id}`, name };
}

function describe(kind: Kind, { object, account, names }: HubspotRecord, waiting: string | undefined): ItemRow {
  const fields = fieldsOf[kind];
  const { properties } = object;
  const row: ItemRow = {
    externalId: `${fields.type} ${object.id}`,
    asOfAt: valueIn(properties, 'hs_lastmodifieddate') ?? object.updatedAt,
    asOfSeq: 0,
    type: fields.type,
    url: `https://${account.domain}/contacts/${account.portal}/record/${fields.page}/${object.id}`,
    createdAt: valueIn(properties, 'createdate') ?? object.createdAt,
  };
  const title = valueIn(properties, fields.title);
  const priority = valueIn(properties, fields.priority);
  const channel = fields.channel === undefined ? undefined : valueIn(properties, fields.channel);
  const pipeline = valueIn(properties, fields.pipeline);
  if (title !== undefined) row.title = title;
  if (priority !== undefined) row.priority = priority;
  if (channel !== undefined) row.channel = channel;
  if (pipeline !== undefined) row.service = names.pipelines[pipeline] ?? pipeline;
  if (waiting !== undefined) row.customer = waiting;
  const attributes = fields.attributes.flatMap((name): [string, string][] => {
    const value = valueIn(properties, name);
    return value === undefined ? [] : [[name, value]];
  });
  if (attributes.length > 0) row.attributes = Object.fromEntries(attributes);
  return row;
}

/** Both ends show an association; the deal tells it: what was sold becomes a ticket, once there are both. */
function linksOf(kind: Kind, { object, others }: HubspotRecord): LinkRow[] {
  if (kind !== 'deals') return [];
  const created = valueIn(object.properties, 'createdate') ?? object.createdAt;
  return (others ?? []).map(({ id, createdAt }): LinkRow => {
    const isLater = createdAt !== '' && Date.parse(createdAt) > Date.parse(created);
    return { to: { externalId: `ticket ${id}` }, kind: isLater ? 'becomes' : 'relates', at: isLater ? createdAt : created };
  });
}

/** Items of other tools whose addresses stand in what was written, also behind words; what a deal names is what it became. */
function foreignLinks(config: HubspotConfig, kind: Kind, { object, emails, notes }: HubspotRecord): LinkRow[] {
  const written = (of: Record<string, unknown>, names: string[]) => names.map((name) => valueIn(of, name) ?? '').join('\n');
  const created = valueIn(object.properties, 'createdate') ?? object.createdAt;
  const texts = [
    { at: created, text: written(object.properties, [fieldsOf[kind].title, fieldsOf[kind].text]) },
    ...[...(emails ?? []), ...(notes ?? [])].map(({ properties, createdAt }) => ({
      at: valueIn(properties, 'hs_timestamp') ?? createdAt,
      text: written(properties, ['hs_email_text', 'hs_email_html', 'hs_note_body']),
    })),
  ];
  const found = texts.flatMap(({ at, text }) => linksIn(text, config.linkedTools, kind === 'deals' ? 'becomes' : 'relates', at));
  const earliest = new Map<string, LinkRow>();
  for (const link of found.sort((a, b) => Date.parse(b.at) - Date.parse(a.at))) earliest.set(JSON.stringify(link.to), link);
  return [...earliest.values()];
}

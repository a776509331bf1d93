import { z } from 'zod';
import { connectionShape, eventShape, itemShape, owner, readingShape, source, text, time, type TableConfig } from '../../tables/mapping.js';

const texts = z.array(text);

/** Objects of these types, in these qualifiers; what is left out is any. */
const role = z.strictObject({ types: texts.default([]), qualifiers: texts.default([]) });
export type Role = z.infer<typeof role>;

const party = (name: string) => ({ column: name, name: `${name}:name` });

/**
 * The mapping of a log in OCEL 2.0. It is written like that of a table: an attribute of an event is the column `<name>`,
 * one of the item `item:<name>`. The defaults read every event as a status of the items it is about.
 */
export const ocelMappingSchema = z.strictObject({
  /** Types of the objects that are items: what a customer waits for. */
  items: texts.min(1, 'name the type of the objects a customer waits for, for example [order]'),
  /** Which related objects are what to an item; they come as the columns `customer`, `team` and `person`. */
  roles: z.strictObject({ customer: role.optional(), team: role.optional(), person: role.optional() }).prefault({}),
  /** What a relation between two items means, by its qualifier; any other says that they relate. */
  links: z.record(z.string(), z.enum(['becomes', 'blocks', 'relates', 'duplicates'])).default({}),
  item: z.strictObject({ ...itemShape, id: itemShape.id.default('item:id'), type: source.prefault('item:type') }).prefault({}),
  event: z
    .strictObject({
      ...eventShape,
      id: eventShape.id.default('event:id'),
      at: time.prefault('event:time'),
      status: source.prefault('event:type'),
      team: owner.optional(),
      person: owner.optional(),
    })
    .prefault({}),
  ...readingShape,
  ...connectionShape,
});

export type OcelConfig = TableConfig & { file: string } & Pick<z.infer<typeof ocelMappingSchema>, 'items' | 'roles' | 'links'>;

/** The parsed config reads rows by the rules of a table. */
export const ocelConfigSchema = z
  .strictObject({ file: z.string().min(1), mapping: ocelMappingSchema })
  .transform(({ file, mapping: { items, roles, links, item, event, ...rest } }): OcelConfig => ({
    file,
    items,
    roles,
    links,
    mapping: {
      ...rest,
      rows: 'events',
      backFilled: [],
      item: roles.customer && !item.customer ? { ...item, customer: party('customer') } : item,
      event: {
        ...event,
        ...(roles.team && !event.team ? { team: party('team') } : {}),
        ...(roles.person && !event.person ? { person: party('person') } : {}),
      },
    },
  }));

const told = z.union([z.string(), z.number(), z.boolean(), z.null()]).transform((value) => (value === null ? '' : String(value)));
const id = z.union([z.string().min(1), z.number()]).transform(String);
const relationships = z.array(z.object({ objectId: id, qualifier: z.string().default('') })).default([]);

export const objectSchema = z.object({
  id,
  type: z.string().min(1),
  attributes: z.array(z.object({ name: z.string().min(1), time: z.string().min(1), value: told })).default([]),
  relationships,
});
export type OcelObject = z.infer<typeof objectSchema>;

export const eventSchema = z.object({
  id,
  type: z.string().min(1),
  time: z.string().min(1),
  attributes: z.array(z.object({ name: z.string().min(1), value: told })).default([]),
  relationships,
});
export type OcelEvent = z.infer<typeof eventSchema>;

/** What an object is to an item. */
export interface Party {
  id: string;
  name: string;
}
export type Parties = Partial<Record<'customer' | 'team' | 'person', Party>>;

/** An item as it is stored: the object, and what only the whole log knows of it. `since`: its first event, ISO; null: it has none. */
export interface ItemPayload {
  object: OcelObject;
  since: string | null;
  parties: Parties;
  links: { to: string; qualifier: string; at: string }[];
}

/** An event of one item. `n` counts the events of the item in the order of the file, `unknown` the objects that are not in the log. */
export interface EventPayload {
  event: OcelEvent;
  item: { id: string; type: string } | null;
  n: number;
  unknown: number;
  parties: Parties;
}

import { z } from 'zod';
import { formatProblem } from '../files/time-format.js';
import { zoneProblem } from '../files/local-time.js';

/** The mapping of a table, from a file or a query: what its columns mean. `etl/mappings/README.md` explains every key with an example. */

export const text = z.preprocess((value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value), z.string());
const texts = z.array(text);
const columnName = z.string().min(1, 'a column needs a name');

/** Written short, a text is the name of a column. */
const orColumn = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' ? { column: value } : value), schema);

const sourceShape = {
  column: columnName.optional(),
  /** A constant instead of a column. */
  value: text.optional(),
  /** Cells that say nothing, besides those of the whole file. */
  missing: texts.optional(),
  /** Other words for the cells: `{ "3 - Moderate": moderate }`. */
  values: z.record(z.string(), text).optional(),
};

const hasOne = (source: { column?: string | undefined; value?: string | undefined }) =>
  (source.column === undefined) !== (source.value === undefined);
const oneNeeded = 'give either a column or a value';

export const source = orColumn(z.strictObject(sourceShape).refine(hasOne, oneNeeded));
export type Source = z.infer<typeof source>;

export const owner = orColumn(
  z.strictObject({ ...sourceShape, name: columnName.optional(), nobody: texts.optional() }).refine(hasOne, oneNeeded),
);
export type OwnerSource = z.infer<typeof owner>;

const customer = orColumn(
  z
    .strictObject({ ...sourceShape, name: columnName.optional(), group: columnName.optional(), language: columnName.optional() })
    .refine(hasOne, oneNeeded),
);
export type CustomerSource = z.infer<typeof customer>;

const problem = (find: (value: string) => string | null) =>
  z.string().superRefine((value, context) => {
    const message = find(value);
    if (message !== null) context.addIssue({ code: 'custom', message });
  });
const format = problem(formatProblem);
const zone = problem(zoneProblem);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is written HH:mm, for example "17:00"');

const timeShape = { column: columnName, format: format.optional(), zone: zone.optional(), missing: texts.optional() };
export const time = orColumn(z.strictObject(timeShape));
export type TimeSource = z.infer<typeof time>;
const due = orColumn(z.strictObject({ ...timeShape, said: time.optional(), moves: z.literal('never').optional() }));
export type DueSource = z.infer<typeof due>;

const message = z.strictObject({ body: source, side: source, public: source.optional(), language: source.optional() });

export const meanings = ['ours_active', 'ours_waiting', 'customer', 'third_party', 'done', 'cancelled', 'unmapped'] as const;
const flag = z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean());
const seconds = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
  z.number().int().min(0),
);

/** Settings of the connection and its working hours: shared by every kind of file. */
export const connectionShape = {
  statuses: z.record(z.string(), z.enum(meanings)).default({}),
  settings: z
    .strictObject({
      ownerCorrectionSeconds: seconds.optional(),
      dueCorrectionSeconds: seconds.optional(),
      updateIntervalSeconds: seconds.optional(),
      isNumberedThroughout: flag.optional(),
    })
    .default({}),
  calendar: z
    .strictObject({
      zone: zone.optional(),
      hours: z.array(z.strictObject({ days: z.string(), opens: timeOfDay, closes: timeOfDay })).min(1),
      holidays: z
        .array(z.strictObject({ on: z.iso.date(), name: z.string().min(1), opens: timeOfDay.optional(), closes: timeOfDay.optional() }))
        .default([]),
    })
    .optional(),
};

export const itemShape = {
  id: columnName,
  title: source.optional(),
  url: z
    .string()
    .regex(/^https?:\/\//, 'a link begins with https:// or http://')
    .optional(),
  type: source,
  service: source.optional(),
  channel: source.optional(),
  priority: source.optional(),
  language: source.optional(),
  customer: customer.optional(),
  created: time.optional(),
  started: time.optional(),
  finished: time.optional(),
  attributes: z.array(columnName).default([]),
};

export const eventShape = {
  id: columnName.optional(),
  at: time.optional(),
  order: z.string().min(1).default('file'),
  status: source.optional(),
  team: owner.optional(),
  person: owner.optional(),
  actor: source.optional(),
  due: due.optional(),
  message: message.optional(),
};

/** How cells are read, whatever the kind of file. */
export const readingShape = {
  missing: texts.default([]),
  noise: z.record(z.string(), texts).default({}),
  times: z.strictObject({ format: format.default('iso'), zone: zone.default('UTC'), endOfDay: timeOfDay.default('17:00') }).prefault({}),
  bots: texts.default([]),
  reassignment: z.strictObject({ column: columnName, values: texts.min(1) }).optional(),
  finishIsExplicit: flag.optional(),
};

/** All of a mapping but what only one kind of source has. */
export const tableShape = {
  rows: z.enum(['events', 'items']),
  item: z.strictObject(itemShape),
  event: z.strictObject(eventShape).prefault({}),
  backFilled: z.array(columnName).default([]),
  ...readingShape,
  ...connectionShape,
};

/** The times a table cannot do without. */
export function needsTimes(mapping: Mapping, context: z.RefinementCtx): void {
  const need = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (mapping.rows === 'events' && !mapping.event.at) need(['event'], 'an event log needs the time of its events: event.at');
  if (mapping.rows === 'items' && !mapping.item.created) need(['item'], 'an item list needs the time its items were created: item.created');
  if (mapping.rows === 'items' && mapping.event.at)
    need(['event', 'at'], 'an item list has no events of its own; leave event.at out, or say rows: events');
}

/** A mapping as it is read, whatever the source. */
export type Mapping = z.infer<z.ZodObject<typeof tableShape>>;

/** What reads rows by a mapping. */
export interface TableConfig {
  mapping: Mapping;
}

import { z } from 'zod';
import { connectionShape, eventShape, itemShape, owner, readingShape, source, time, type TableConfig } from '../../tables/mapping.js';

/**
 * The mapping of a log in XES (IEEE 1849). It is written like that of a table: an attribute of the trace is the column
 * `case:<key>`, one of the event `<key>`. All of it may be left out; the defaults are the standard extensions.
 */
export const xesMappingSchema = z.strictObject({
  item: z
    .strictObject({
      ...itemShape,
      id: itemShape.id.default('case:concept:name'),
      type: source.prefault({ value: 'case' }),
    })
    .prefault({}),
  event: z
    .strictObject({
      ...eventShape,
      id: eventShape.id.default('identity:id'),
      at: time.prefault('time:timestamp'),
      status: source.prefault('concept:name'),
      team: owner.prefault('org:group'),
      person: owner.prefault('org:resource'),
    })
    .prefault({}),
  /** `last-event`: the last event of a trace ends it. `told`: only a finish column or a status that means done does. */
  finishedWhen: z.enum(['told', 'last-event']).default('told'),
  ...readingShape,
  ...connectionShape,
});

export interface XesConfig extends TableConfig {
  file: string;
  finishedWhen: 'told' | 'last-event';
}

/** The parsed config reads rows by the rules of a table. */
export const xesConfigSchema = z
  .strictObject({ file: z.string().min(1), mapping: xesMappingSchema.prefault({}) })
  .transform(({ file, mapping: { finishedWhen, ...rest } }): XesConfig => ({
    file,
    finishedWhen,
    mapping: { ...rest, rows: 'events', backFilled: [] },
  }));

/** One trace as stored: its own attributes and those of its events, nested ones as `parent/child`. */
export interface TracePayload {
  trace: Record<string, string>;
  events: Record<string, string>[];
}

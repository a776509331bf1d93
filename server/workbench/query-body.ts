import { z } from 'zod';

const types = ['text', 'integer', 'number', 'boolean', 'date', 'instant'] as const;
const mostParameters = 50;

const withoutNul = (text: string) => !text.includes('\0') && text.isWellFormed();
const unreadable = 'holds a character that no text of PostgreSQL can; remove it.';
const text = z
  .string()
  .min(1, 'is empty; write a query.')
  .max(100_000, 'is longer than 100,000 characters.')
  .refine(withoutNul, unreadable);
const value = z.string().max(10_000, 'is longer than 10,000 characters.').refine(withoutNul, unreadable).nullable();

/** A query with its values, one for each `$1`, `$2`, …. */
export const RunBody = z.strictObject({
  text,
  parameters: z
    .array(z.strictObject({ type: z.enum(types), value }))
    .max(mostParameters)
    .default([]),
});

const parameters = z
  .array(
    z.strictObject({
      name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must begin with a lower-case letter and hold such letters, digits and _ alone.'),
      type: z.enum(types),
      default: value,
    }),
  )
  .max(mostParameters)
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'holds a name twice.');

/** A query under a title. */
export const KeptQueryBody = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1, 'is empty; a query needs a title.')
    .max(120, 'is longer than 120 characters.')
    .refine(withoutNul, unreadable),
  text,
  parameters: parameters.default([]),
  isShared: z.boolean().default(false),
});

export const KeptQueryChange = z
  .strictObject({ title: KeptQueryBody.shape.title, text, parameters, isShared: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'Nothing to change; give title, text, parameters or isShared.');

/** The number of a run, as it began to tell. */
export const RunId = z.string().regex(/^[0-9]{1,18}$/, 'is the number of no query; it is in the first line of its answer.');

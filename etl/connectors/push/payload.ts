import { z } from 'zod';
import { signals } from '../../connector.js';
import { zoneProblem } from '../../files/local-time.js';
import { connectionShape } from '../../tables/mapping.js';

/** What a person says of a source that pushes. `docs/push.md` explains it with an example. */
export const pushConfigSchema = z.strictObject({
  /** What kinds of history the source tells. What is not listed is absent from the metrics, never zero. */
  tells: z.array(z.enum(signals)).min(1, 'name what the source tells, for example [status, courts, finish, team]'),
  /** Zone of the working hours where they name none. */
  zone: z
    .string()
    .superRefine((value, context) => {
      const message = zoneProblem(value);
      if (message !== null) context.addIssue({ code: 'custom', message });
    })
    .default('UTC'),
  ...connectionShape,
});
export type PushConfig = z.infer<typeof pushConfigSchema>;

const id = z.string().min(1).max(500);
const word = z.string().min(1);
const named = { id, name: word };
const person = z.union([id, z.strictObject({ ...named, isBot: z.boolean().optional() })]);
const team = z.union([id, z.strictObject(named)]);
const customer = z.union([
  id,
  z.strictObject({
    ...named,
    group: word.optional(),
    language: word.optional(),
    timeZone: word.optional(),
    since: z.string().optional(),
  }),
]);

const item = z.strictObject({
  id,
  type: word,
  title: z.string().optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  service: word.optional(),
  channel: word.optional(),
  priority: word.optional(),
  language: word.optional(),
  customer: customer.optional(),
  createdAt: z.string().optional(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  finishIsExplicit: z.boolean().optional(),
  excluded: z.enum(['merged', 'duplicate', 'spam', 'test']).optional(),
  attributes: z.record(z.string(), z.string()).optional(),
});

/** One line: one event, with its item as it was then. The fields are those of the model's `EventRow` and `ItemRow`. */
export const lineSchema = z
  .strictObject({
    id,
    kind: z.enum(['created', 'changed', 'promised', 'said', 'noted', 'rated']),
    at: z.string(),
    seq: z.int().min(0).default(0),
    item,
    actor: z.strictObject({ id: id.optional(), role: z.enum(['customer', 'agent', 'system', 'unknown']) }).optional(),
    status: word.optional(),
    team: team.nullable().optional(),
    person: person.nullable().optional(),
    dueAt: z.string().nullable().optional(),
    askedByCustomer: z.boolean().optional(),
    side: z.enum(['team', 'customer', 'system']).optional(),
    isPublic: z.boolean().optional(),
    isBot: z.boolean().optional(),
    message: z.strictObject({ body: z.string(), language: word.optional(), attachments: z.array(z.string()).optional() }).optional(),
    rating: z.number().min(0).max(1).optional(),
    links: z
      .array(z.strictObject({ to: id, connection: word.optional(), kind: z.enum(['becomes', 'blocks', 'relates', 'duplicates']) }))
      .optional(),
  })
  .superRefine((line, context) => {
    const need = (key: 'dueAt' | 'side' | 'message' | 'rating') => {
      if (line[key] === undefined) context.addIssue({ code: 'custom', path: [key], message: `an event of kind "${line.kind}" needs it` });
    };
    if (line.kind === 'promised') need('dueAt');
    if (line.kind === 'rated') need('rating');
    if (line.kind === 'said') {
      need('side');
      need('message');
    }
  });
export type PushedLine = z.infer<typeof lineSchema>;

import { z } from 'zod';
import { connectionShape } from '../../tables/mapping.js';
import { linkedToolsShape } from '../tool-links.js';

/** A connection to the cards of some boards of Trello. */
export const configSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'write the address like https://tool.example.com' }).default('https://api.trello.com'),
  /** Ids or short links of boards: what follows `/b/` in their address. */
  boards: z.array(z.string().regex(/^[0-9a-zA-Z]+$/, 'what follows /b/ in the address of a board')).min(1, 'name a board'),
  /** `author`: whoever made the card, where that is an observer of the board. */
  customer: z.enum(['author', 'board']).default('author'),
  service: z.enum(['board', 'label']).default('board'),
  /** People, by name, that are programs. */
  bots: z.array(z.string()).default([]),
  ...linkedToolsShape,
  ...connectionShape,
});
export type TrelloConfig = z.infer<typeof configSchema>;

const text = z.string().nullish();
const named = z.looseObject({ id: z.string(), name: text });
const namedOrNone = named.nullish();

/** https://developer.atlassian.com/cloud/trello/guides/rest-api/action-types/ */
const action = z.looseObject({
  id: z.string(),
  type: z.string(),
  date: z.string(),
  idMemberCreator: text,
  memberCreator: z.looseObject({ id: z.string(), fullName: text }).nullish(),
  data: z.looseObject({
    text,
    idMember: text,
    member: namedOrNone,
    list: namedOrNone,
    listBefore: namedOrNone,
    listAfter: namedOrNone,
    board: namedOrNone,
    boardSource: namedOrNone,
    attachment: z.looseObject({ url: text }).nullish(),
    card: z.looseObject({ due: text, closed: z.boolean().nullish(), dueComplete: z.boolean().nullish() }).nullish(),
    old: z.looseObject({ due: text, closed: z.boolean().nullish(), dueComplete: z.boolean().nullish() }).nullish(),
  }),
});
export type Action = z.infer<typeof action>;

/** https://developer.atlassian.com/cloud/trello/rest/api-group-cards/ */
export const cardSchema = z.looseObject({
  id: z.string(),
  name: text,
  desc: text,
  closed: z.boolean().nullish(),
  due: text,
  dueComplete: z.boolean().nullish(),
  dateLastActivity: text,
  idBoard: z.string(),
  idList: z.string(),
  idMembers: z.array(z.string()).nullish(),
  labels: z.array(named).nullish(),
  url: text,
  isTemplate: z.boolean().nullish(),
});

/** A card with all its actions, the first one first, and names for the ids in them. */
export const recordSchema = z.object({
  card: cardSchema,
  actions: z.array(action),
  names: z.object({
    boards: z.record(z.string(), z.string()),
    lists: z.record(z.string(), z.string()),
    members: z.record(z.string(), z.object({ name: z.string(), isObserver: z.boolean() })),
  }),
});
export type CardRecord = z.infer<typeof recordSchema>;

/** Every id a card speaks of, now or in its actions. */
export function mentioned({ card, actions }: Pick<CardRecord, 'card' | 'actions'>): {
  boards: string[];
  lists: string[];
  members: string[];
} {
  const ids = (values: (string | null | undefined)[]) => [...new Set(values.flatMap((value) => value ?? []))].sort();
  return {
    boards: ids([card.idBoard, ...actions.flatMap(({ data }) => [data.board?.id, data.boardSource?.id])]),
    lists: ids([card.idList, ...actions.flatMap(({ data }) => [data.list?.id, data.listBefore?.id, data.listAfter?.id])]),
    members: ids([...(card.idMembers ?? []), ...actions.flatMap(({ idMemberCreator, data }) => [idMemberCreator, memberOf(data)])]),
  };
}

export function memberOf(data: Action['data']): string | null {
  return data.idMember ?? data.member?.id ?? null;
}

import { nobody, type EventRow } from '../../connector.js';
import { initialValue } from '../value-history.js';
import {
  changeOf,
  changesOf,
  currentOf,
  followedFields,
  type FollowedField,
  type RtConfig,
  type TicketRecord,
  type Transaction,
} from './payload.js';

/** RT's own account. */
const system = 'RT_System';
/** The owner of what nobody has. */
export const unowned = 'Nobody';

/** Events of one transaction take places 0 to 2 after its number. */
export const places = 3;

/** What the ticket began with, rebuilt from the first old value of each field: RT writes none of it down. */
export function opening(config: RtConfig, told: TicketRecord, create: Transaction): EventRow[] {
  const first = new Map<FollowedField, string | null | undefined>(
    followedFields.map((field) => [field, initialValue(changesOf(told.transactions, field), currentOf(told, field))]),
  );
  const base = { at: create.Created, actor: actorOf(config, told, create) };
  const seq = places * Number(create.id);
  const due = first.get('Due') ?? null;
  return [
    { ...base, externalId: `${told.id}:created`, kind: 'created', seq, ...stateOf(told, first) },
    ...(due === null ? [] : [{ ...base, externalId: `${told.id}:created:due`, kind: 'promised' as const, seq: seq + 1, dueAt: due }]),
  ];
}

export function eventsOf(config: RtConfig, told: TicketRecord, transaction: Transaction): EventRow[] {
  const { id, Type, Created: at } = transaction;
  const seq = places * Number(id);
  const base = { at, actor: actorOf(config, told, transaction) };
  const changes = new Map(
    followedFields.flatMap((field) => {
      const change = changeOf(transaction, field);
      return change ? [[field, change.to] as const] : [];
    }),
  );
  const state = stateOf(told, changes);
  const due = changes.get('Due');
  const events: EventRow[] = [];
  if (Object.keys(state).length > 0) events.push({ ...base, externalId: `txn:${id}`, kind: 'changed', seq, ...state });
  if (due !== undefined) events.push({ ...base, externalId: `txn:${id}`, kind: 'promised', seq: seq + 1, dueAt: due });
  const text = told.texts[id];
  if (Type === 'Correspond' || Type === 'Comment' || (Type === 'Create' && text)) {
    const side = sideOf(config, told, transaction.Creator.id);
    // What our people write down for a customer is no word to that customer.
    const isPublic = Type === 'Correspond' || (Type === 'Create' && side === 'customer');
    const attachments = text && text.attachments.length > 0 ? { attachments: text.attachments } : {};
    const message = { body: text?.body ?? '', ...attachments };
    events.push({ ...base, externalId: `txn:${id}:text`, kind: 'said', seq: seq + 2, side, isPublic, isBot: side === 'system', message });
  }
  return events;
}

/** Where the log ends in another value than the ticket has, that value holds from the last change on. */
export function closing(told: TicketRecord): EventRow[] {
  const { ticket, transactions } = told;
  if (!ticket) return [];
  const untold = new Map(
    followedFields.flatMap((field) => {
      const last = changesOf(transactions, field).at(-1);
      const current = currentOf(told, field) ?? null;
      return last && last.to !== current ? [[field, current] as const] : [];
    }),
  );
  const seq = places * (Number(transactions.at(-1)?.id ?? 0) + 1);
  const state = stateOf(told, untold);
  const due = untold.get('Due');
  return [
    ...(Object.keys(state).length > 0
      ? [{ externalId: `${told.id}:now`, kind: 'changed' as const, at: ticket.LastUpdated, seq, ...state }]
      : []),
    ...(due === undefined
      ? []
      : [{ externalId: `${told.id}:now:due`, kind: 'promised' as const, at: ticket.LastUpdated, seq: seq + 1, dueAt: due }]),
  ];
}

function stateOf(
  { logins }: TicketRecord,
  values: ReadonlyMap<FollowedField, string | null | undefined>,
): Pick<EventRow, 'status' | 'team' | 'person'> {
  const state: Pick<EventRow, 'status' | 'team' | 'person'> = {};
  const status = values.get('Status');
  if (status) state.status = status;
  const queue = values.get('Queue');
  if (queue) state.team = queue;
  const owner = values.get('Owner');
  if (owner !== undefined) {
    const login = owner === null ? unowned : (logins[owner] ?? `#${owner}`);
    state.person = login === unowned ? nobody : login;
  }
  return state;
}

export function isBot(config: RtConfig, login: string): boolean {
  return login === system || config.bots.includes(login);
}

/** Whoever asked, and whoever has no rights of a member of staff, is the customer. */
function sideOf(config: RtConfig, { ticket, users }: TicketRecord, login: string): 'team' | 'customer' | 'system' {
  if (isBot(config, login)) return 'system';
  if (ticket?.Requestor.some(({ id }) => id === login)) return 'customer';
  return users[login]?.isPrivileged === false ? 'customer' : 'team';
}

function actorOf(config: RtConfig, told: TicketRecord, { Creator: { id } }: Transaction): NonNullable<EventRow['actor']> {
  const side = sideOf(config, told, id);
  return { id, role: side === 'team' ? 'agent' : side };
}

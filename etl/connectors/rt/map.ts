import { RejectedRecord, type CustomerRow, type ItemRow, type LinkRow, type MappedRecord, type RawRecord } from '../../connector.js';
import { readRecord } from '../read-record.js';
import { linksInAll } from '../tool-links.js';
import { isUnbroken } from '../value-history.js';
import {
  changeOf,
  changesOf,
  currentOf,
  followedFields,
  recordSchema,
  type RtConfig,
  type TicketRecord,
  type Transaction,
} from './payload.js';
import { closing, eventsOf, isBot, opening, places, unowned } from './story.js';

/** Types that are read, or known to tell nothing of the story; whatever else RT may come to write is counted. */
const knownTypes = new Set([
  'Create',
  'Set',
  'Status',
  'Take',
  'Untake',
  'Steal',
  'Give',
  'Force',
  'Correspond',
  'Comment',
  'AddLink',
  'DeleteLink',
  'SetWatcher',
  'AddWatcher',
  'DelWatcher',
  'EmailRecord',
  'CommentEmailRecord',
  'CustomField',
  'Told',
  'Subject',
  'AddReminder',
  'OpenReminder',
  'ResolveReminder',
  'SystemError',
  'Forward',
]);

/** One ticket with its transactions: https://docs.bestpractical.com/rt/5.0/RT/Transaction.html */
export function mapTicket(config: RtConfig, record: RawRecord): MappedRecord {
  const told = readRecord('RT', recordSchema, record);
  const create = told.transactions.find(({ Type }) => Type === 'Create') ?? told.transactions[0];
  if (!create)
    throw new RejectedRecord(
      'no_history',
      `RT tells nothing of what happened to ticket ${told.id}; the account may lack the right ShowTicket.`,
    );
  const customer = customerOf(config, told);
  const events = [
    ...opening(config, told, create),
    ...told.transactions.flatMap((transaction) => eventsOf(config, told, transaction)),
    ...closing(told),
  ];
  const isBroken = followedFields.some((field) => !isUnbroken(changesOf(told.transactions, field), currentOf(told, field)));
  const unknown = told.transactions.filter(({ Type }) => !knownTypes.has(Type)).map(({ Type }) => `unknown_kind:${Type}`);
  return {
    item: describe(config, told, create, customer?.externalId),
    events,
    links: [...linksOf(told), ...linksInAll(textsOf(told, create), config.linkedTools)],
    people: Object.entries(told.users)
      .filter(([login]) => login !== unowned)
      .map(([externalId, { name }]) => ({ externalId, name, isBot: isBot(config, externalId) })),
    teams: Object.entries(told.queues).map(([externalId, name]) => ({ externalId, name })),
    customers: customer ? [customer] : [],
    warnings: [...unknown, ...(isBroken ? ['history_gap'] : [])],
  };
}

function describe(config: RtConfig, told: TicketRecord, create: Transaction, customer: string | undefined): ItemRow {
  const { ticket, transactions } = told;
  const row: ItemRow = {
    externalId: told.id,
    asOfAt: ticket?.LastUpdated ?? transactions.at(-1)?.Created ?? create.Created,
    asOfSeq: places * Number(transactions.at(-1)?.id ?? 0),
    url: `${(config.webUrl ?? config.url).replace(/\/+$/, '')}/Ticket/Display.html?id=${told.id}`,
    type: typeof ticket?.Type === 'string' ? ticket.Type : 'ticket',
    createdAt: ticket?.Created ?? create.Created,
  };
  if (ticket?.Subject) row.title = ticket.Subject;
  if (ticket?.Priority !== null && ticket?.Priority !== undefined) row.priority = String(ticket.Priority);
  if (customer !== undefined) row.customer = customer;
  if (!ticket) row.excluded = 'merged';
  const deleted = transactions.findLast((transaction) => changeOf(transaction, 'Status'));
  if (deleted?.NewValue === 'deleted') row.deletedAt = deleted.Created;
  const service = config.service && fieldOf(told, config.service.field);
  if (service) row.service = service;
  const attributes = (ticket?.CustomFields ?? []).flatMap(({ name, values }) =>
    values.length > 0 ? [[name, values.join(', ')] as const] : [],
  );
  if (attributes.length > 0) row.attributes = Object.fromEntries(attributes);
  return row;
}

function customerOf({ customer }: RtConfig, told: TicketRecord): CustomerRow | undefined {
  const login = told.ticket?.Requestor[0]?.id;
  const user = login === undefined ? undefined : told.users[login];
  if (customer === 'requestor') {
    if (login === undefined) return undefined;
    return { externalId: login, name: user?.name ?? login, ...(user?.organization ? { group: user.organization } : {}) };
  }
  const value = customer === 'organization' ? user?.organization : fieldOf(told, customer.field);
  return value ? { externalId: value, name: value } : undefined;
}

function fieldOf({ ticket }: TicketRecord, name: string): string | undefined {
  const values = ticket?.CustomFields?.find((field) => field.name === name)?.values ?? [];
  return values.length > 0 ? values.join(', ') : undefined;
}

/** What was written in a ticket, and links to what lies outside of RT. */
function textsOf({ ticket, transactions, texts }: TicketRecord, create: Transaction): { text: string; at: string }[] {
  const fields = (ticket?.CustomFields ?? []).flatMap(({ values }) => values);
  const taken = new Set(transactions.flatMap(({ Type, Field, OldValue }) => (Type === 'DeleteLink' ? `${Field} ${OldValue}` : [])));
  return [
    { text: [ticket?.Subject, ...fields].join('\n'), at: create.Created },
    ...transactions.flatMap(({ id, Type, Field, NewValue, Created: at }) => {
      const target = Type === 'AddLink' && !taken.has(`${Field} ${NewValue}`) ? (NewValue ?? '') : '';
      return [{ text: `${texts[id]?.body ?? ''}\n${target}`, at }];
    }),
  ];
}

const linkKinds: Record<string, LinkRow['kind']> = {
  DependedOnBy: 'blocks',
  RefersTo: 'relates',
  MemberOf: 'relates',
  MergedInto: 'duplicates',
};

/** Both ends of a link tell it; one of them is taken. A link that was taken back is none. */
function linksOf({ id, transactions }: TicketRecord): LinkRow[] {
  const links = new Map<string, LinkRow>();
  for (const { Type, Field, OldValue, NewValue, Created } of transactions) {
    const kind = linkKinds[Field ?? ''];
    const value = (Type === 'AddLink' ? NewValue : Type === 'DeleteLink' ? OldValue : '') ?? '';
    const externalId = /\/ticket\/(\d+)$/.exec(value)?.[1];
    if (!kind || externalId === undefined || externalId === id) continue;
    if (Type === 'AddLink') links.set(`${Field} ${externalId}`, { to: { externalId }, kind, at: Created });
    else links.delete(`${Field} ${externalId}`);
  }
  return [...links.values()];
}

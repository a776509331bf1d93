import type { Json, RawRecord } from '../../connector.js';
import { fanOut } from '../../incremental/fan-out.js';
import { textOfHtml } from '../html-text.js';
import { orAbsence } from '../presence.js';
import { concurrency, pageSize, type Attachment, type RtClient } from './client.js';
import { changesOf, ticketSchema, transactionSchema, type Ticket, type TicketRecord, type Transaction, type User } from './payload.js';

const withText = new Set(['Create', 'Correspond', 'Comment']);

/** Reads tickets with all that happened to them. Transactions and texts are asked for many tickets at once. */
export class TicketReader {
  private readonly users = new Map<string, ReturnType<RtClient['user']>>();

  constructor(
    private readonly client: RtClient,
    private readonly queues: ReadonlyMap<string, string>,
  ) {}

  async recordsOf(ids: readonly string[]): Promise<{ records: RawRecord[]; warnings: string[] }> {
    const found = await fanOut(ids, concurrency, (id) => orAbsence(() => this.find(id)));
    const tickets = found.flatMap((one) => (typeof one === 'string' ? [] : [one]));
    const warnings = found.flatMap((one) => (typeof one === 'string' ? [one] : []));
    if (tickets.length === 0) return { records: [], warnings };
    const transactions = (await this.client.transactionsOf(tickets.map(({ asked }) => asked))).map(settledForm);
    const texts = await this.textsOf(transactions);
    const records = await fanOut(tickets, concurrency, ({ asked, ticket }) => {
      return this.recordOf(
        asked,
        settledForm(ticket),
        transactions.filter((row) => String(fieldOf(row, 'ObjectId')) === asked),
        texts,
      );
    });
    return { records, warnings };
  }

  private async find(asked: string): Promise<{ asked: string; ticket: Json } | null> {
    const ticket = await this.client.ticket(asked);
    return ticket === null ? null : { asked, ticket };
  }

  private async textsOf(transactions: readonly Json[]): Promise<Map<string, Attachment[]>> {
    const wanted = transactions.filter((row) => withText.has(String(fieldOf(row, 'Type')))).map((row) => String(fieldOf(row, 'id')));
    const texts = new Map<string, Attachment[]>();
    for (let from = 0; from < wanted.length; from += pageSize) {
      for (const text of await this.client.textsOf(wanted.slice(from, from + pageSize))) {
        texts.set(text.TransactionId, [...(texts.get(text.TransactionId) ?? []), text]);
      }
    }
    return texts;
  }

  private async recordOf(
    asked: string,
    ticket: Json,
    transactions: readonly Json[],
    texts: ReadonlyMap<string, Attachment[]>,
  ): Promise<RawRecord> {
    const lives = String(fieldOf(ticket, 'id'));
    const isMerged = lives !== asked;
    const read = isMerged ? null : ticketSchema.safeParse(ticket);
    const history = transactions.flatMap((row) => transactionSchema.safeParse(row).data ?? []);
    const names = await this.namesOf(read?.data ?? null, history);
    const bodies = history.flatMap(({ id }) => {
      const found = texts.get(id);
      return found ? [[id, textOf(found)] as const] : [];
    });
    const payload = {
      id: asked,
      ticket: isMerged ? null : ticket,
      mergedInto: isMerged ? lives : null,
      transactions: [...transactions],
      texts: Object.fromEntries(bodies),
      ...names,
    };
    return { externalId: asked, payload, op: 'upsert', position: `ticket ${asked}` };
  }

  private async namesOf(
    ticket: Ticket | null,
    history: readonly Transaction[],
  ): Promise<Pick<TicketRecord, 'users' | 'logins' | 'queues'>> {
    const numbers = distinct(changesOf(history, 'Owner').flatMap(({ from, to }) => [from, to]));
    const owners = await fanOut(numbers, concurrency, (number) => this.user(number));
    const logins = numbers.map((number, index): [string, string] => [number, owners[index]?.login ?? `#${number}`]);
    const told = [...(ticket ? [ticket.Owner, ...ticket.Requestor] : []), ...history.map((transaction) => transaction.Creator)];
    const names = distinct([...told.map(({ id }) => id), ...logins.map(([, login]) => login)]);
    const people = await fanOut(names, concurrency, (name) => this.user(name));
    const users = names.map((login, index): [string, User] => {
      const user = people[index];
      return [login, { name: user?.name ?? login, isPrivileged: user?.isPrivileged ?? true, organization: user?.organization ?? null }];
    });
    const owner = people[names.indexOf(ticket?.Owner.id ?? '')];
    if (owner) logins.push([owner.id, owner.login]);
    const queues = distinct([...changesOf(history, 'Queue').flatMap(({ from, to }) => [from, to]), ticket?.Queue.id ?? null]);
    return {
      users: Object.fromEntries(users),
      logins: Object.fromEntries(logins),
      queues: Object.fromEntries(queues.map((queue) => [queue, this.queues.get(queue) ?? `#${queue}`])),
    };
  }

  private user(user: string): ReturnType<RtClient['user']> {
    const known = this.users.get(user);
    if (known) return known;
    const asked = this.client.user(user).then((found) => {
      if (found) for (const key of [found.id, found.login]) this.users.set(key, asked);
      return found;
    });
    this.users.set(user, asked);
    return asked;
  }
}

/** The plain text of a message, else its web text without the marks; files are named. */
function textOf(parts: readonly Attachment[]): { body: string; attachments: string[] } {
  const texts = parts.filter((part) => !part.Filename);
  const plain = texts.find((part) => /^text\/plain/.test(part.ContentType ?? ''));
  const web = texts.find((part) => /^text\/html/.test(part.ContentType ?? ''));
  const body = plain?.Content ?? textOfHtml(web?.Content ?? '');
  return { body: body.trim(), attachments: parts.flatMap((part) => part.Filename || []) };
}

/**
 * The same for the same: addresses of the API say nothing of the ticket and differ between names of one server, and RT gives
 * fields in another order each time.
 */
function settledForm(value: Json): Json {
  if (Array.isArray(value)) return value.map(settledForm);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value)
    .filter(([key]) => key !== '_url' && key !== '_hyperlinks')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(kept.map(([key, inner]) => [key, settledForm(inner)]));
}

function fieldOf(value: Json, field: string): Json | undefined {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value[field] : undefined;
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.flatMap((value) => (value === null ? [] : [value])))].sort();
}

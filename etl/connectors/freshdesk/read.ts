import type { Context, Cursor, Json, Page, RawRecord } from '../../connector.js';
import { fanOut } from '../../incremental/fan-out.js';
import { keysetPages } from '../../incremental/keyset.js';
import { readRecentFirst } from '../../incremental/recent-first.js';
import { readWindow, type WindowRules } from '../../incremental/window.js';
import { concurrency, FreshdeskClient, pageSize, type ListedTicket, type TicketFilter } from './client.js';
import type { FreshdeskConfig } from './payload.js';

const rules: WindowRules = {
  grain: 's',
  overlapMs: 900_000,
  lagMs: 0,
  sweep: { everyMs: 86_400_000, depthMs: 86_400_000 },
};
/** Without a time Freshdesk lists thirty days only. */
const ever = '1990-01-01T00:00:00Z';

/** A ticket of a list; `at` is its time of change, never before the bound it was asked from. */
interface ChangedTicket {
  at: string;
  ticket: ListedTicket;
}

/** Tickets, each state that is seen a record of its own, with all that was written on them. */
export async function* readTickets(config: FreshdeskConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new FreshdeskClient(config, context);
  const reader = new TicketReader(client);
  yield* readRecentFirst<ChangedTicket>(
    {
      rules,
      clock: async () => (await client.me()).at,
      changed: (bound, position) => changed(client, 'all', bound, position),
      atOf: ({ at }) => at,
      recordsOf: (rows) => reader.recordsOf(rows),
    },
    from,
  );
}

/** Tickets that were deleted, or found to be spam. */
export async function* readTakenAway(
  config: FreshdeskConfig,
  filter: 'deleted' | 'spam',
  from: Cursor | null,
  context: Context,
): AsyncGenerator<Page> {
  const client = new FreshdeskClient(config, context);
  yield* readWindow(from, rules, async function* (bound, position) {
    for await (const page of changed(client, filter, bound, position)) {
      const rows = page.rows.map(({ at, ticket }) => ({ at, record: recordOf(String(ticket.id), ticket as unknown as Json) }));
      yield { rows, position: page.position, isLast: page.isLast, sourceNow: page.sourceNow };
    }
  });
}

/** Answers to the satisfaction surveys, in whatever order Freshdesk lists them. */
export async function* readRatings(config: FreshdeskConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new FreshdeskClient(config, context);
  yield* readWindow(from, rules, async function* (bound, position) {
    for (let page = typeof position === 'number' ? position : 1; ; page += 1) {
      const listed = await client.ratings(bound === null ? ever : wholeSeconds(bound), page);
      const rows = (listed?.rows ?? []).map((row) => ({ at: row.created_at, record: recordOf(String(row.id), row as unknown as Json) }));
      const isLast = listed === null || !listed.hasMore || rows.length === 0;
      const warnings = listed === null ? ['forbidden_ratings'] : [];
      yield { rows, position: page + 1, isLast, sourceNow: listed?.at ?? null, warnings };
      if (isLast) return;
    }
  });
}

/** Freshdesk lists by page, three hundred at most, so each reading begins at the time where the one before ended. */
function changed(client: FreshdeskClient, filter: TicketFilter, from: string | null, position: Json) {
  let place = { since: '', page: 1, before: 0 };
  return keysetPages<ChangedTicket>(
    {
      pageSize,
      idOf: ({ ticket }) => String(ticket.id),
      atOf: ({ at }) => at,
      fetch: async (bound, offset) => {
        // A second earlier, whether or not Freshdesk counts the bound itself.
        const since = bound === null ? ever : wholeSeconds(new Date(Date.parse(bound) - 1_000).toISOString());
        if (place.since !== since || place.before > offset) place = { since, page: 1, before: 0 };
        const rows: ListedTicket[] = [];
        for (;;) {
          const listed = await client.tickets(filter, since, place.page);
          const skipped = Math.max(0, offset - place.before);
          rows.push(...listed.rows.slice(rows.length === 0 ? skipped : 0));
          if (!listed.hasMore || listed.rows.length === 0 || rows.length > 1) {
            const told = rows.map((ticket) => ({ at: laterOf(ticket.updated_at, bound), ticket }));
            return { rows: told, sourceNow: listed.at, hasMore: listed.hasMore && listed.rows.length > 0 };
          }
          place = { since, page: place.page + 1, before: place.before + listed.rows.length };
        }
      },
    },
    from,
    position,
  );
}

class TicketReader {
  private readonly companies = new Map<number, Promise<string | null>>();
  private names: Promise<[Record<string, string>, Map<number, string>, Map<number, string>]> | null = null;

  constructor(private readonly client: FreshdeskClient) {}

  async recordsOf(rows: readonly ChangedTicket[]): Promise<{ records: { at: string; record: RawRecord }[]; warnings: string[] }> {
    const warnings: string[] = [];
    const read = await fanOut(rows, concurrency, async ({ at, ticket }) => {
      const written = await this.client.conversations(ticket.id);
      if (written === null) warnings.push('vanished_item');
      return [await this.seen(ticket), ...(written ?? []).map((one) => conversationOf(ticket.id, one))].map((record) => ({ at, record }));
    });
    return { records: read.flat(), warnings };
  }

  /** The time of change is part of the identity: each state that was seen stays. */
  private async seen(ticket: ListedTicket): Promise<RawRecord> {
    this.names ??= Promise.all([this.client.statuses(), this.client.groups(), this.client.agents()]);
    const [statuses, groups, agents] = await this.names;
    const company = numberIn(ticket['company_id']);
    const known = [String(numberIn(ticket['status'])), '4', '5'];
    const names = {
      statuses: Object.fromEntries(Object.entries(statuses).filter(([id]) => known.includes(id))),
      team: groups.get(numberIn(ticket['group_id']) ?? 0) ?? null,
      person: agents.get(numberIn(ticket['responder_id']) ?? 0) ?? null,
      company: company === null ? null : await this.companyName(company),
    };
    return recordOf(`${ticket.id} ${ticket.updated_at}`, { ticket: ticket as unknown as Json, names });
  }

  private companyName(id: number): Promise<string | null> {
    const asked = this.companies.get(id) ?? this.client.company(id);
    this.companies.set(id, asked);
    return asked;
  }
}

function conversationOf(ticket: number, conversation: Json): RawRecord {
  const id = (conversation as { id: number }).id;
  return recordOf(`${ticket} conversation ${id}`, { ticket, conversation });
}

function recordOf(externalId: string, payload: Json): RawRecord {
  return { externalId, payload, op: 'upsert', position: `ticket ${externalId}` };
}

function numberIn(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function laterOf(at: string, bound: string | null): string {
  return bound !== null && Date.parse(at) < Date.parse(bound) ? bound : at;
}

function wholeSeconds(at: string): string {
  return at.replace(/\.\d+Z$/, 'Z');
}

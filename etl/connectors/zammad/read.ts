import { SourceError, type Context, type Cursor, type Json, type Page, type RawRecord } from '../../connector.js';
import { isHttpError } from '../../http/errors.js';
import { fanOut } from '../../incremental/fan-out.js';
import { keysetPages } from '../../incremental/keyset.js';
import { readRecentFirst, timedRecords } from '../../incremental/recent-first.js';
import type { WindowRules } from '../../incremental/window.js';
import type { Absence } from '../presence.js';
import { concurrency, indexLagMs, ZammadClient, type Listed } from './client.js';
import { systemUser, type Person, type ZammadConfig } from './payload.js';

const rules: WindowRules = { grain: 'ms', overlapMs: 300_000, lagMs: indexLagMs, sweep: { everyMs: 86_400_000, depthMs: 86_400_000 } };
/** As often a page of the list may show tickets of the page before. */
const mostRepeats = 10;

export function readTickets(config: ZammadConfig, from: Cursor | null, context: Context): AsyncGenerator<Page> {
  const client = new ZammadClient(config, context);
  const reader = new TicketReader(client);
  const source = {
    pageSize: config.pageSize,
    fetch: (bound: string | null, offset: number) => client.changed(bound, offset),
    idOf: ({ id }: Listed) => String(id),
    atOf: ({ orderAt }: Listed) => orderAt,
  };
  return readRecentFirst<Listed>(
    {
      rules,
      atOf: source.atOf,
      clock: async () => (await client.me()).at,
      changed: (bound, position) => keysetPages(source, bound, position),
      recordsOf: async (rows) => {
        const read = await fanOut(rows, concurrency, ({ id }) => reader.recordOf(id));
        return timedRecords(
          rows.map(({ updatedAt: at }) => ({ at })),
          read,
        );
      },
    },
    from,
  );
}

/** Ids of all tickets that the token sees. */
export async function* ticketIds(config: ZammadConfig, client: ZammadClient): AsyncGenerator<string[]> {
  const seen = new Set<number>();
  let repeats = 0;
  for (let page = 1; ;) {
    const { ids } = await client.list(page);
    const fresh = ids.filter((id) => !seen.has(id));
    if (ids.length > 0 && fresh.length === 0) {
      repeats += 1;
      if (repeats > mostRepeats) throw new SourceError('Zammad shows the same page of its tickets again and again.');
      continue;
    }
    repeats = 0;
    for (const id of fresh) seen.add(id);
    yield fresh.map(String);
    if (ids.length < config.pageSize) return;
    page += 1;
  }
}

/** Brings a ticket together with its history, its articles and the people in both. */
class TicketReader {
  private readonly people = new Map<string, Promise<Person | null>>();

  constructor(private readonly client: ZammadClient) {}

  /** One that is gone or hidden since it was listed is left to the census. */
  async recordOf(id: number): Promise<RawRecord | Absence> {
    try {
      const ticket = await this.client.ticket(id);
      if (ticket === null) return 'vanished_item';
      const history = await this.client.history(id);
      const articles = await this.client.articles(id);
      const people = await this.peopleIn([ticket, ...history, ...articles]);
      const payload = { ticket, history, articles, people };
      return { externalId: String(id), payload: payload as unknown as Json, op: 'upsert', position: `ticket ${id}` };
    } catch (error) {
      if (isHttpError(error, 'forbidden')) return 'forbidden_item';
      if (isHttpError(error, 'not-found')) return 'vanished_item';
      throw error;
    }
  }

  private async peopleIn(rows: readonly Json[]): Promise<Record<string, Person>> {
    const ids = [...new Set(rows.flatMap(peopleOf))].filter((id) => id !== systemUser).sort((a, b) => a - b);
    const found = await fanOut(ids, concurrency, (id) => this.person(String(id)));
    return Object.fromEntries(ids.flatMap((id, index) => (found[index] ? [[String(id), found[index]] as const] : [])));
  }

  private person(id: string): Promise<Person | null> {
    const asked = this.people.get(id) ?? this.client.user(id);
    this.people.set(id, asked);
    return asked;
  }
}

const always = ['owner_id', 'customer_id', 'created_by_id', 'origin_by_id'];

/** Numbers of the people that a ticket, an article or an entry of its history names. */
function peopleOf(row: Json): number[] {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return [];
  const fields = row['attribute'] === 'owner' || row['attribute'] === 'customer' ? [...always, 'id_from', 'id_to'] : always;
  return fields.map((field) => row[field]).filter((id): id is number => typeof id === 'number' && id > 0);
}

import type pg from 'pg';
import type { StatusMeaning } from '#etl/connector.js';
import { receiveCopy } from './copy/copy.js';
import { CopyRows } from './copy/copy-rows.js';
import { type Id, Ids } from './copy/ids.js';
import { BusinessTime, type CalendarSpans } from './fold/business-time.js';
import type { Source } from './fold/item-told.js';

/** What facts depend on besides the stories, as of one derivation. */
export interface Basis {
  /** Numbers every id below, and those of the stories. */
  ids: Ids;
  sources: ReadonlyMap<Id, Source>;
  meanings: ReadonlyMap<Id, StatusMeaning>;
  bots: ReadonlySet<Id>;
  time: BusinessTime;
}

interface SourceRow extends Omit<Source, 'defaultCalendar'> {
  connection: string;
  defaultCalendar: string | null;
}

/** Reads the temporary table `source`, `facts.basis` and `facts.calendar_span`, which are up to date. */
export async function readBasis(client: pg.PoolClient): Promise<Basis> {
  const ids = new Ids();
  const sources = await client.query<SourceRow>(`
    select
      connection_id as connection,
      (date_part('epoch', owner_correction) * 1e6)::float8 as "ownerCorrection",
      (date_part('epoch', due_correction) * 1e6)::float8 as "dueCorrection",
      (date_part('epoch', update_interval) * 1e6)::float8 as "updateInterval",
      is_numbered_throughout as "isNumberedThroughout",
      tells_owners as "tellsOwners",
      tells_notes as "tellsNotes",
      tells_messages as "tellsMessages",
      default_calendar_id as "defaultCalendar"
    from source`);
  const statuses = await client.query<{ id: string; meaning: StatusMeaning }>('select id, meaning from core.status');
  const bots = await client.query<{ id: string }>('select id from core.person where is_bot');
  const teams = await client.query<{ id: string; calendar: string }>(
    'select id, calendar_id as calendar from core.team where calendar_id is not null',
  );
  return {
    ids,
    sources: new Map(
      sources.rows.map(({ connection, defaultCalendar, ...source }) => [
        ids.parse(connection),
        { ...source, defaultCalendar: defaultCalendar === null ? null : ids.parse(defaultCalendar) },
      ]),
    ),
    meanings: new Map(statuses.rows.map(({ id, meaning }) => [ids.parse(id), meaning])),
    bots: new Set(bots.rows.map(({ id }) => ids.parse(id))),
    time: new BusinessTime(
      await readCalendars(client, ids),
      new Map(teams.rows.map(({ id, calendar }) => [ids.parse(id), ids.parse(calendar)])),
    ),
  };
}

/**
 * By the fingerprint of the calendar, of which the spans are a function. They outlive the derivation: reading the 16,000 spans of
 * each calendar again would take longer than deriving a few changed items.
 */
let known: ReadonlyMap<string, CalendarSpans> = new Map();

async function readCalendars(client: pg.PoolClient, ids: Ids): Promise<Map<Id, CalendarSpans>> {
  const { rows } = await client.query<{ id: string; fingerprint: string }>(
    `select id, fingerprint from facts.basis where kind = 'calendar'`,
  );
  const spansOf = new Map<string, CalendarSpans>();
  for (const { id, fingerprint } of rows) {
    spansOf.set(fingerprint, spansOf.get(fingerprint) ?? known.get(fingerprint) ?? (await readSpans(client, id)));
  }
  known = spansOf;
  return new Map(
    rows.flatMap(({ id, fingerprint }) => {
      const spans = spansOf.get(fingerprint);
      return spans ? [[ids.parse(id), spans]] : [];
    }),
  );
}

async function readSpans(client: pg.PoolClient, calendar: string): Promise<CalendarSpans> {
  const bytes = await receiveCopy(
    client,
    `copy (
      select calendar_id, from_at, to_at, seconds_before from facts.calendar_span where calendar_id = '${calendar}' order by from_at
    ) to stdout (format binary)`,
  );
  const spans: { fromAt: number[]; toAt: number[]; secondsBefore: number[] } = { fromAt: [], toAt: [], secondsBefore: [] };
  for (const rows = new CopyRows(bytes, new Ids()); rows.next();) {
    rows.skip(1);
    spans.fromAt.push(rows.instant() ?? 0);
    spans.toAt.push(rows.instant() ?? 0);
    spans.secondsBefore.push(Number(rows.bigint()));
  }
  return {
    fromAt: Float64Array.from(spans.fromAt),
    toAt: Float64Array.from(spans.toAt),
    secondsBefore: Float64Array.from(spans.secondsBefore),
  };
}

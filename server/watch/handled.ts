import type pg from 'pg';
import type { HandledMark, HandledOutcome, HandledResponse } from '../api.js';
import { iso } from '../database/iso.js';
import type { Window } from '../metrics/periods.js';
import { matches, type Sorted } from './watch-list.js';
import type { WatchQuestion } from './watch-question.js';

/** Marks told one by one; the counts are of all. */
const mostTold = 200;

interface Row extends HandledMark, Sorted {
  /** The account, or the name where nobody signed in. */
  who: string;
}

/**
 * What became of the items that somebody has handled, by the date in force then: kept where the item was done by it, late where it
 * was not. A mark lies in the window by the data's own time when it was made; what was undone counts no more.
 */
export async function readHandled(pool: pg.Pool, { from, to, zone }: Window, filters: WatchQuestion['filters']): Promise<HandledResponse> {
  const { rows } = await pool.query<Row>(
    `select m.item_id as id, n.external_id as "externalId", n.title, m.handled_by as by,
      coalesce(m.owner_account_id::text, m.handled_by) as who, m.note, ${iso('m.handled_at')} as at,
      ${iso('m.due_at')} as "dueAt", i.outcome = 'open' as "isOpen",
      case
        when m.due_at is null then 'no-date'
        when m.was_late then 'was-late'
        when i.outcome = 'done' and i.ended_at <= m.due_at then 'kept'
        when i.outcome = 'cancelled' and i.ended_at <= m.due_at then 'cancelled'
        when m.due_at <= c.as_of_at then 'late'
        else 'ahead'
      end as outcome,
      i.type, i.service, i.channel, i.priority, i.language, t.name as team, u.name as customer, u.group_name as "customerGroup",
      c.name as connection
    from app.watch_mark m
    join measured.item i on i.item_id = m.item_id
    join core.item n on n.item_id = m.item_id
    join ingest.connection c on c.id = m.connection_id
    left join measured.team t on t.team_id = i.team_id
    left join measured.customer u on u.customer_id = i.customer_id
    where m.undone_at is null
      and m.as_of_at > $1::date::timestamp at time zone $3
      and m.as_of_at <= $2::date::timestamp at time zone $3
    order by m.handled_at desc, m.item_id`,
    [from, to, zone],
  );
  const marks = rows.filter((row) => matches(row, filters));
  const countOf = (outcome: HandledOutcome, of = marks) => of.filter((mark) => mark.outcome === outcome).length;
  const people = [...Map.groupBy(marks, ({ who }) => who).values()];
  return {
    zone,
    total: marks.length,
    counts: {
      kept: countOf('kept'),
      late: countOf('late'),
      ahead: countOf('ahead'),
      cancelled: countOf('cancelled'),
      'was-late': countOf('was-late'),
      'no-date': countOf('no-date'),
    },
    people: people
      .map((own) => {
        return { by: own[0]?.by ?? '', n: own.length, kept: countOf('kept', own), late: countOf('late', own) };
      })
      .toSorted((one, other) => other.n - one.n || one.by.localeCompare(other.by)),
    marks: marks.slice(0, mostTold).map(({ id, externalId, title, by, note, at, dueAt, isOpen, outcome }) => ({
      id,
      externalId,
      title,
      by,
      note,
      at,
      dueAt,
      isOpen,
      outcome,
    })),
  };
}

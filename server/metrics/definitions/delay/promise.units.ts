import { itemKeys, type Units } from '../../metric.js';

/** A finish at the due instant is in time. What ends otherwise after its date was open when the date passed: not kept. */
const kept = (due: string) => `case when u.outcome = 'done' and u.ended_at <= ${due} then 1 else 0 end`;

/** The item was cancelled before the date could be kept or missed, or nobody knows when it ended. */
const isVoid = (due: string) => `u.excluded is not null or u.outcome = 'unknown' or (u.outcome = 'cancelled' and u.ended_at <= ${due})`;

/** Items whose first promised date has passed. */
export const firstPromises: Units = {
  per: 'row',
  columns: ['happened'],
  sql: `  select ${itemKeys}, u.first_due_at as at, ${isVoid('u.first_due_at')} as is_excluded, ${kept('u.first_due_at')} as happened
  from measured.item u
  join source s on s.connection_id = u.connection_id
  where u.first_due_at < s.as_of_at`,
};

/**
 * Per item the date that decided: the first that passed while it was in force, or else the one in force when the item ended. A date
 * moved after it had passed stays the one that decided; a date taken back, or still to come, decides nothing.
 */
const decisive = `select item_id, due_at
    from (
      select p.item_id, p.due_at, row_number() over (partition by p.item_id order by p.n) as place
      from measured.promise p
      join measured.item i on i.item_id = p.item_id
      join source s on s.connection_id = p.connection_id
      where p.due_at < s.as_of_at and (p.due_at < p.until_at or p.until_at >= i.ended_at)
    ) passed
    where place = 1`;

/** Items with a promise decided by the date in force when it passed. */
export const lastPromises: Units = {
  per: 'row',
  columns: ['happened'],
  sql: `  select ${itemKeys}, d.due_at as at, ${isVoid('d.due_at')} as is_excluded, ${kept('d.due_at')} as happened
  from measured.item u
  join source s on s.connection_id = u.connection_id
  join (
    ${decisive}
  ) d on d.item_id = u.item_id`,
};

/** Items whose promise is decided both ways, placed by the first date. */
export const bothPromises: Units = {
  per: 'row',
  columns: ['kept_first', 'kept_last', 'was_asked'],
  sql: `  select ${itemKeys}, u.first_due_at as at,
    ${isVoid('u.first_due_at')} or ${isVoid('d.due_at')} as is_excluded,
    ${kept('u.first_due_at')} as kept_first,
    ${kept('d.due_at')} as kept_last,
    a.was_asked
  from measured.item u
  join source s on s.connection_id = u.connection_id
  join (
    ${decisive}
  ) d on d.item_id = u.item_id
  join (
    select item_id, max(case when n > 1 and asked_by_customer then 1 else 0 end) as was_asked
    from measured.promise
    group by item_id
  ) a on a.item_id = u.item_id
  where u.first_due_at < s.as_of_at`,
};

/** Items whose first promised date has passed, with how far and how often their date was moved. */
export const movedPromises: Units = {
  per: 'row',
  columns: ['net_seconds', 'gross_seconds', 'moves'],
  sql: `  select ${itemKeys}, u.first_due_at as at, ${isVoid('u.first_due_at')} as is_excluded, m.net_seconds, m.gross_seconds, m.moves
  from measured.item u
  join source s on s.connection_id = u.connection_id
  join (
    select item_id,
      coalesce(sum(moved_seconds), 0)::float8 as net_seconds,
      coalesce(sum(moved_seconds) filter (where moved_seconds > 0), 0)::float8 as gross_seconds,
      (count(*) filter (where moved_seconds <> 0))::float8 as moves
    from measured.promise
    group by item_id
  ) m on m.item_id = u.item_id
  where u.first_due_at < s.as_of_at`,
};

/** Each move of a promised date. */
export const promiseMoves: Units = {
  per: 'row',
  columns: ['happened'],
  sql: `  select ${itemKeys}, u.said_at as at, u.excluded is not null as is_excluded, case when u.is_after_due then 1 else 0 end as happened
  from measured.promise u
  join source s on s.connection_id = u.connection_id
  where u.said_at <= s.as_of_at and u.moved_seconds <> 0`,
};

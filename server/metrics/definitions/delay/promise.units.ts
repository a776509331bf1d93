import { itemKeys, type Units, type UnitTells } from '../../metric.js';

/** A finish at the due instant is in time. What ends otherwise after its date was open when the date passed: not kept. */
export const kept = (due: string) => `case when u.outcome = 'done' and u.ended_at <= ${due} then 1 else 0 end`;

/** The item was cancelled before the date could be kept or missed, or nobody knows when it ended. */
export const isVoid = (due: string) =>
  `u.excluded is not null or u.outcome = 'unknown' or (u.outcome = 'cancelled' and u.ended_at <= ${due})`;

/** Items whose first promised date has passed. */
export const firstPromises: Units = {
  per: 'row',
  columns: ['happened'],
  sql: `  select ${itemKeys}, u.first_due_at as at, ${isVoid('u.first_due_at')} as is_excluded, ${kept('u.first_due_at')} as happened
  from measured.promised u
  join source s on s.connection_id = u.connection_id
  where u.first_due_at < s.as_of_at`,
};

/** Items with a promise decided by the date in force when it passed. */
export const lastPromises: Units = {
  per: 'row',
  columns: ['happened'],
  sql: `  select ${itemKeys}, u.decisive_due_at as at, ${isVoid('u.decisive_due_at')} as is_excluded, ${kept('u.decisive_due_at')} as happened
  from measured.promised u
  join source s on s.connection_id = u.connection_id
  where u.decisive_due_at < s.as_of_at`,
};

/** Items whose promise is decided both ways, placed by the first date. */
export const bothPromises: Units = {
  per: 'row',
  columns: ['kept_first', 'kept_last', 'was_asked'],
  sql: `  select ${itemKeys}, u.first_due_at as at,
    ${isVoid('u.first_due_at')} or ${isVoid('u.decisive_due_at')} as is_excluded,
    ${kept('u.first_due_at')} as kept_first,
    ${kept('u.decisive_due_at')} as kept_last,
    case when u.was_asked then 1 else 0 end as was_asked
  from measured.promised u
  join source s on s.connection_id = u.connection_id
  where u.first_due_at < s.as_of_at and u.decisive_due_at < s.as_of_at`,
};

/**
 * Items whose first promised date has passed, with how far and how often their date was moved;
 * moves made after the data's own time are taken off.
 */
export const movedPromises: Units = {
  per: 'row',
  columns: ['net_seconds', 'gross_seconds', 'moves'],
  sql: `  select ${itemKeys}, u.first_due_at as at, ${isVoid('u.first_due_at')} as is_excluded,
    (u.net_seconds - coalesce(l.net_seconds, 0))::float8 as net_seconds,
    (u.gross_seconds - coalesce(l.gross_seconds, 0))::float8 as gross_seconds,
    (u.moves - coalesce(l.moves, 0))::float8 as moves
  from measured.promised u
  join source s on s.connection_id = u.connection_id
  left join (
    select p.item_id, sum(p.moved_seconds) as net_seconds, sum(greatest(0, p.moved_seconds)) as gross_seconds, count(*) as moves
    from measured.promise p
    join source s on s.connection_id = p.connection_id
    where p.said_at > s.as_of_at and p.moved_seconds <> 0
    group by p.item_id
  ) l on l.item_id = u.item_id
  where u.first_due_at < s.as_of_at`,
};

/** How far and how often a date was moved, and each of the dates: when it was said, and how it came in the place of the one before. */
export const toldOfMoves: UnitTells = {
  numbers: { net: 'net_seconds', moves: 'moves' },
  parts: {
    relations: `drawn d
  join measured.promise p on p.item_id = d.item_id
  join source s on s.connection_id = p.connection_id and p.said_at <= s.as_of_at`,
    order: 'p.n',
    instants: { said: 'p.said_at', due: 'p.due_at' },
    numbers: {
      moved: 'coalesce(p.moved_seconds, 0)',
      isAfterDue: 'case when p.is_after_due then 1 else 0 end',
      isAsked: 'case when p.asked_by_customer then 1 else 0 end',
    },
  },
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

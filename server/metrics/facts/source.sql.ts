import { marksVersion } from '../text/marks.js';

/**
 * What the facts depend on besides the story: settings and capabilities of each connection, its teams' calendars and its bots. A connection
 * or calendar whose fingerprint differs from the one in `facts.basis` has dirty items.
 */

/** One row per connection, settings with their meaning as columns; in place for the whole derivation. */
export const createSource = `
create temp table source on commit drop as
select
  c.id as connection_id,
  make_interval(secs => coalesce((c.settings ->> 'ownerCorrectionSeconds')::float8, 120)) as owner_correction,
  make_interval(secs => coalesce((c.settings ->> 'dueCorrectionSeconds')::float8, 3600)) as due_correction,
  make_interval(secs => coalesce((c.settings ->> 'updateIntervalSeconds')::float8, 172800)) as update_interval,
  coalesce((c.settings ->> 'isNumberedThroughout')::boolean, false) as is_numbered_throughout,
  coalesce(c.capabilities #>> '{team,fidelity}', 'none') <> 'none'
    or coalesce(c.capabilities #>> '{person,fidelity}', 'none') <> 'none' as tells_owners,
  coalesce(c.capabilities #>> '{visibility,fidelity}', 'none') <> 'none' as tells_notes,
  coalesce(c.capabilities #>> '{messages,fidelity}', 'none') <> 'none' as tells_messages,
  calendar.id as default_calendar_id
from ingest.connection c
left join core.calendar calendar
  on calendar.connection_id = c.id and calendar.external_id = c.settings ->> 'defaultCalendar'
`;

/** The fingerprints of today; `facts.basis` holds those of the last derivation. */
export const createBasis = `
create temp table basis on commit drop as
with bot as (
  select connection_id, string_agg(id::text, ',' order by id) as ids
  from core.person
  where is_bot
  group by connection_id
),
team as (
  select connection_id, string_agg(id::text || calendar_id::text, ',' order by id) as ids
  from core.team
  where calendar_id is not null
  group by connection_id
),
hours as (
  select
    calendar_id,
    string_agg(concat_ws(' ', weekday, opens, closes, valid_from, valid_to), ',' order by weekday, opens, valid_from) as spans
  from core.calendar_hours
  group by calendar_id
),
holiday as (
  select calendar_id, string_agg(concat_ws(' ', on_date, opens, closes), ',' order by on_date) as days
  from core.calendar_holiday
  group by calendar_id
)
select
  'connection' as kind,
  s.connection_id as id,
  s.connection_id,
  md5(concat_ws('|',
    s.owner_correction, s.due_correction, s.update_interval, s.is_numbered_throughout, s.tells_owners, s.tells_notes, s.tells_messages,
    s.default_calendar_id, coalesce(bot.ids, ''), coalesce(team.ids, ''), 'texts ${marksVersion}'
  ))::uuid as fingerprint
from source s
left join bot using (connection_id)
left join team using (connection_id)
union all
select
  'calendar',
  c.id,
  c.connection_id,
  md5(concat_ws('|', c.time_zone, coalesce(hours.spans, ''), coalesce(holiday.days, '')))::uuid
from core.calendar c
left join hours on hours.calendar_id = c.id
left join holiday on holiday.calendar_id = c.id
`;

export const createChangedBasis = `
create temp table changed_basis on commit drop as
select
  coalesce(b.kind, old.kind) as kind,
  coalesce(b.id, old.id) as id,
  b.connection_id,
  b.fingerprint
from basis b
full join facts.basis old on old.kind = b.kind and old.id = b.id
where b.fingerprint is distinct from old.fingerprint
`;

export const deleteChangedBasis = `
delete from facts.basis old
using changed_basis c
where old.kind = c.kind and old.id = c.id
`;

export const insertChangedBasis = `
insert into facts.basis (kind, id, fingerprint)
select kind, id, fingerprint
from changed_basis
where fingerprint is not null
`;

/**
 * Items whose parts are not their open time: all of their life but the time between a finish and a reopening, up to now where they are
 * open. Both as instants and as seconds. Items whose explicit finish lies before a reopening have no such sum.
 */
export const wrongPartitions = `
  select count(*)::int as items
  from facts.item i
  left join (
    select
      item_id,
      sum(to_at - from_at) filter (where isfinite(to_at)) as length,
      sum(extract(epoch from date_trunc('second', to_at) - date_trunc('second', from_at))) filter (where isfinite(to_at)) as seconds,
      max(from_at) filter (where not isfinite(to_at)) as open_since,
      bool_or(next_at < to_at) as is_overlapping
    from (select item_id, from_at, to_at, lead(from_at) over (partition by item_id order by n) as next_at from facts.interval) as part
    group by item_id
  ) as parts using (item_id)
  left join (
    select item_id, sum(reopened_at - resolved_at) as length, max(reopened_at) as last_at
    from facts.cycle
    group by item_id
  ) as closed using (item_id)
  where i.excluded is null
    and (
      coalesce(parts.is_overlapping, false)
      or isfinite(i.ended_at)
        and coalesce(closed.last_at, '-infinity') <= i.ended_at
        and (
          coalesce(parts.length, '0') <> i.ended_at - i.created_at - coalesce(closed.length, '0')
          or coalesce(parts.seconds, 0) <> i.ours_active_seconds + i.ours_waiting_seconds + i.customer_seconds + i.third_party_seconds
        )
      or i.outcome = 'open'
        and coalesce(parts.length, '0') is distinct from parts.open_since - i.created_at - coalesce(closed.length, '0')
    )`;

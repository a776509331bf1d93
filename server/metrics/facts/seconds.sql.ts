/** Whole seconds between two finite instants: both are cut to the second first, so that the seconds of parts add up to those of the whole. */
export function wholeSeconds(from: string, to: string): string {
  return `(floor(date_part('epoch', ${to})) - floor(date_part('epoch', ${from})))::bigint`;
}

/**
 * `facts.business_seconds` written out: a call costs several times its two look-ups. Null for infinity and outside the
 * years calendars cover. The columns given must be qualified, or the look-up takes them for its own.
 */
export function businessSeconds(calendar: string, from: string, to: string): string {
  return `case
      when not isfinite(${from}) or not isfinite(${to}) then null
      when ${calendar} is null then ${wholeSeconds(from, to)}
      when least(${from}, ${to}) < '1990-01-02T00:00:00Z' or greatest(${from}, ${to}) >= '2050-12-30T00:00:00Z' then null
      else (${workedBefore(calendar, to)} - ${workedBefore(calendar, from)})::bigint
    end`;
}

function workedBefore(calendar: string, moment: string): string {
  return `coalesce(
        (
          select floor(span.seconds_before + date_part('epoch', least(${moment}, span.to_at) - span.from_at))
          from facts.calendar_span span
          where span.calendar_id = ${calendar} and span.from_at <= ${moment}
          order by span.from_at desc
          limit 1
        ),
        0
      )`;
}

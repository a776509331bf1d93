/** Whole seconds between two finite instants: both are cut to the second first, so that the seconds of parts add up to those of the whole. */
export function wholeSeconds(from: string, to: string): string {
  return `extract(epoch from date_trunc('second', ${to}) - date_trunc('second', ${from}))::bigint`;
}

/** Working seconds; null for infinity. The clock round the week, which most items are on, is written out: it needs no look-up. */
export function businessSeconds(calendar: string, from: string, to: string): string {
  return `case
      when ${calendar} is null and isfinite(${from}) and isfinite(${to}) then ${wholeSeconds(from, to)}
      else facts.business_seconds(${calendar}, ${from}, ${to})
    end`;
}

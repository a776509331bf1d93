import type { SyncOutcome } from '#etl/sync.js';

/** The account of a run, as a person reads it: every record fetched is in exactly one of the counts. */
export function ledgerLines(outcome: SyncOutcome): string {
  const { connection, state, failures, asOf, fetched, inserted, updated, unchanged, duplicate, quarantined, warnings } = outcome;
  return [
    `${connection}: ${state}`,
    ...failures.map(({ stream, message }) => `  ${stream} failed: ${message}`),
    `  ${fetched} fetched = ${inserted} inserted + ${updated} updated + ${unchanged} unchanged + ${duplicate} duplicate + ${quarantined} quarantined`,
    ...(asOf === null ? [] : [`  data to ${asOf}`]),
    ...(quarantined === 0 ? [] : ['  records that could not be read are listed by: throughline quarantine list']),
    ...Object.entries(warnings).map(([code, count]) => `  ${code}: ${count}`),
  ].join('\n');
}

import type { PoolClient } from 'pg';
import type { Page } from './connector.js';
import { isUniqueViolation } from './error-code.js';
import { forgetChanged, storedVersions } from './load/changed.js';
import { arrivals, planPage, type Arrival, type PagePlan } from './load/page-plan.js';
import type { LoadTarget } from './load/load-target.js';
import { quarantineRow, type QuarantineRow } from './load/quarantine-row.js';
import { redescribe } from './load/redescribe.js';
import { findFailing, isDataError, type DataError } from './load/refused.js';
import { moveCheckpoint, writeLedger, writeQuarantine, writeStory, type CheckpointMove, type PageCounts } from './load/write.js';
import { inTransaction } from './transaction.js';

/** A page with all that can be decided without the database, so that it is done while the page before is written. */
export interface PreparedPage {
  page: Page;
  arrived: Arrival[];
  unreadable: QuarantineRow[];
  /** Made in advance while nothing of the stream is stored, since then nothing needs to be looked up. */
  plan: PagePlan | null;
}

export function preparePage(target: LoadTarget, page: Page): PreparedPage {
  const unreadable: QuarantineRow[] = [];
  const arrived = arrivals(target, page.records, unreadable);
  return { page, arrived, unreadable, plan: target.isFresh ? planPage(target, arrived, new Map(), unreadable) : null };
}

/**
 * Loads one page in one transaction: raw records, the rows they map to, marks for the facts, the ledger, and the
 * checkpoint by compare-and-swap. A record the database refuses is found by bisection and quarantined; the rest is loaded.
 * `gate` looks at what is about to be written and may throw.
 */
export async function loadPage(
  client: PoolClient,
  target: LoadTarget,
  prepared: PreparedPage,
  checkpoint: CheckpointMove | null,
  gate?: (plan: PagePlan, page: Page) => void,
): Promise<PageCounts> {
  const { page, arrived, unreadable } = prepared;
  const attempt = (part: readonly Arrival[], refused: readonly QuarantineRow[], ready: PagePlan | null) =>
    inTransaction(client, async () => {
      const plan = await writeRecords(client, target, part, [...unreadable, ...refused], ready, (found) => gate?.(found, page));
      for (const code of page.warnings ?? []) plan.warnings[code] = (plan.warnings[code] ?? 0) + 1;
      const counts = { fetched: page.records.length, ...plan.counts, quarantined: plan.quarantine.length, warnings: plan.warnings };
      await writeLedger(client, target, counts);
      if (checkpoint) await moveCheckpoint(client, target, checkpoint, plan.latestAt, page.sourceNow);
      return { counts, plan };
    });
  const { counts, plan } = await attempt(arrived, [], target.isFresh ? prepared.plan : null).catch(async (error: unknown) => {
    if (!isDataError(error)) throw error;
    if (target.isFresh && isUniqueViolation(error)) {
      // A record came a second time after all: from here on each is looked up first.
      target.isFresh = false;
      return attempt(arrived, [], null);
    }
    target.isFresh = false;
    const refused = await refusedRecords(client, target, prepared, error);
    if (refused.length === 0) throw error;
    const ids = new Set(refused.map(({ arrival }) => arrival.recordId));
    const good = arrived.filter((arrival) => !ids.has(arrival.recordId));
    return attempt(
      good,
      refused.map(({ row }) => row),
      null,
    );
  });
  plan.parties.committed();
  return counts;
}

async function writeRecords(
  client: PoolClient,
  target: LoadTarget,
  arrived: readonly Arrival[],
  quarantine: QuarantineRow[],
  ready: PagePlan | null,
  gate: (plan: PagePlan) => void,
): Promise<PagePlan> {
  const stored = ready ? new Map() : await storedVersions(client, arrived);
  const plan = ready ?? planPage(target, arrived, stored, quarantine);
  gate(plan);
  const rewritten = await forgetChanged(client, target, plan, stored);
  await writeStory(client, plan, ready !== null);
  if (rewritten.length > 0) await redescribe(client, target, plan.parties, rewritten);
  await writeQuarantine(client, target, plan);
  return plan;
}

async function refusedRecords(
  client: PoolClient,
  target: LoadTarget,
  { arrived }: PreparedPage,
  error: DataError,
): Promise<{ arrival: Arrival; row: QuarantineRow }[]> {
  const found = await findFailing(arrived, error, (part) => rehearse(client, target, part));
  return found.map(({ failing: arrival, error: cause }) => {
    const { record, payload } = arrival;
    const reason = `The database refuses the record: ${cause.message}.`;
    const position = record.position ?? record.externalId;
    return {
      arrival,
      row: quarantineRow(target, { externalId: record.externalId, position, code: cause.code, reason, raw: Buffer.from(payload) }),
    };
  });
}

async function rehearse(client: PoolClient, target: LoadTarget, part: readonly Arrival[]): Promise<DataError | null> {
  await client.query('begin');
  try {
    await writeRecords(client, target, part, [], null, () => undefined);
    return null;
  } catch (error) {
    if (!isDataError(error)) throw error;
    return error;
  } finally {
    await client.query('rollback');
  }
}

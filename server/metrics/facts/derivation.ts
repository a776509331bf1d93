import type pg from 'pg';
import { type Basis, readBasis } from './basis.js';
import {
  chooseChanged,
  createChosen,
  createChosenAll,
  createSeenMarks,
  createTaken,
  deleteSeenMarks,
  isMostItems,
  nextVersion,
  selectBatches,
} from './batch.sql.js';
import { deleteChangedCalendarSpans, insertCalendarSpans } from './calendar.sql.js';
import { createBasis, createChangedBasis, createSource, deleteChangedBasis, insertChangedBasis } from './source.sql.js';

export interface DeriveOptions {
  /** Looked at between batches; what was derived so far is rolled back. */
  signal?: AbortSignal;
  onProgress?: (progress: { done: number; total: number }) => void;
  /** False: come back at once when another process derives. Default true: wait for it. */
  wait?: boolean;
  /** Items at a time; bounds the memory, changes no result. */
  batchSize?: number;
}

/** What is derived in a transaction, and with what. */
export interface Derivation {
  client: pg.PoolClient;
  options: DeriveOptions;
  /** Items. */
  total: number;
  batches: Batch[];
  basis: Basis;
  /** To be published. */
  version: number;
}

interface Batch {
  /** Its number in `taken`, from 0. */
  batch: number;
  /** Least id of its items. */
  first: string;
  items: number;
}

/** Some 75,000 events, 30 MB with their facts; fewer pay the fixed cost of some 30 statements more often. */
const defaultBatchSize = 5_000;

/** From so many items on it pays to have fresh statistics, and to ask whether new tables would be faster. */
export const manyItems = 5_000;

/** Brings what facts depend on up to date and fills `chosen`; answers with the number of items. */
export async function chooseAllItems(client: pg.PoolClient): Promise<number> {
  await prepare(client);
  return (await client.query(createChosenAll)).rowCount ?? 0;
}

/** The same for the items that are dirty or whose settings or calendars changed. Null where these are most of all. */
export async function chooseChangedItems(client: pg.PoolClient): Promise<number | null> {
  const isBasisChanged = await prepare(client);
  let chosen = (await client.query(createChosen)).rowCount ?? 0;
  if (isBasisChanged) chosen += (await client.query(chooseChanged)).rowCount ?? 0;
  if (chosen < manyItems) return chosen;
  const { rows } = await client.query<{ isMost: boolean }>(isMostItems, [chosen]);
  return rows[0]?.isMost ? null : chosen;
}

async function prepare(client: pg.PoolClient): Promise<boolean> {
  await client.query(`
    set local work_mem = '128MB';
    set local jit = off;
    set local default_statistics_target = 10;
  `);
  await client.query(createSource);
  await client.query(createBasis);
  const changed = await client.query(createChangedBasis);
  await refreshCalendars(client);
  await client.query(createSeenMarks);
  return changed.rowCount !== 0;
}

async function refreshCalendars(client: pg.PoolClient): Promise<void> {
  await client.query(deleteChangedCalendarSpans);
  const spans = await client.query(insertCalendarSpans);
  if (spans.rowCount) await client.query('analyze facts.calendar_span');
  await client.query(deleteChangedBasis);
  await client.query(insertChangedBasis);
}

/** Takes the chosen items in batches, for a new version. */
export async function beginDerivation(client: pg.PoolClient, options: DeriveOptions, total: number): Promise<Derivation> {
  await client.query(createTaken, [options.batchSize ?? defaultBatchSize]);
  await client.query(deleteSeenMarks);
  await client.query('analyze source, taken');
  const next = await client.query<{ version: string }>(nextVersion);
  const batches = await client.query<Batch>(selectBatches);
  return { client, options, total, batches: batches.rows, basis: await readBasis(client), version: Number(next.rows[0]?.version) };
}

import type { MappedRecord, Page, RawRecord } from '../connector.js';
import { cleanBytes } from '../erasure/erasures.js';
import { entityId, uuidOf } from '../model/ids.js';
import { quarantineRow, rejected, type QuarantineRow } from './quarantine-row.js';
import { storableJson, storableText } from './storable.js';
import { copyLine } from './copy-text.js';
import { isLater, storyRows, type Description, type StoryRows } from './story-rows.js';
import { PageParties } from './page-parties.js';
import type { LoadTarget } from './load-target.js';

/** A record of the page as it came, with its identity and what it hashes to. */
export interface Arrival {
  recordId: string;
  contentHash: string;
  record: RawRecord;
  payload: string;
}

/** The version of a record that is stored now. */
export interface StoredVersion {
  version: number;
  contentHash: string;
  runId: string;
}

/** Lines by key. What two records tell alike belongs to the record with the greater id, whichever comes first. */
export type OwnedLines = Map<string, { recordId: string; line: string }>;

/** Everything one page writes, decided before the first statement. */
export interface PagePlan {
  raw: string[];
  events: OwnedLines;
  messages: OwnedLines;
  links: OwnedLines;
  aliases: OwnedLines;
  descriptions: Map<string, Description>;
  /** Records that were stored before in another version. */
  changed: { arrival: Arrival; description: Description | null }[];
  dirtyItems: Set<string>;
  /** Records that could be read, whether new or not: what of them waits in quarantine is settled. */
  accepted: { externalId: string; position: string | null }[];
  parties: PageParties;
  quarantine: QuarantineRow[];
  latestAt: string | null;
  counts: { inserted: number; updated: number; unchanged: number; duplicate: number };
  warnings: Record<string, number>;
}

/** Gives every record its id and hash. What cannot be stored at all goes to `quarantine`. */
export function arrivals(target: LoadTarget, records: Page['records'], quarantine: QuarantineRow[]): Arrival[] {
  const arrived: Arrival[] = [];
  for (const told of records) {
    const record = 'unreadable' in told || !target.erasures ? told : target.erasures.clean(target, told);
    if ('unreadable' in record) {
      const { code, reason, position, raw } = record.unreadable;
      const kept = target.erasures?.isEmpty === false ? cleanBytes(target.erasures.words, Buffer.from(raw)) : raw;
      quarantine.push(quarantineRow(target, { externalId: null, position, code, reason, raw: kept }));
      continue;
    }
    try {
      storableText(record.externalId, 'record id');
      const payload = storableJson(record.payload);
      arrived.push({
        // By what the source calls it: erasing somebody makes no other record of it.
        recordId: recordIdOf(target, 'unreadable' in told ? record.externalId : told.externalId),
        contentHash: uuidOf(`${record.op} ${payload}`),
        record,
        payload,
      });
    } catch (cause) {
      quarantine.push(rejected(target, record, cause));
    }
  }
  return arrived;
}

/** Maps what is new or changed and collects the rows. Of one record met twice in the page the last counts. */
export function planPage(
  target: LoadTarget,
  arrived: readonly Arrival[],
  stored: ReadonlyMap<string, StoredVersion>,
  quarantine: QuarantineRow[],
): PagePlan {
  const plan = emptyPlan(target, quarantine);
  const last = new Map(arrived.map((arrival) => [arrival.recordId, arrival]));
  plan.counts.duplicate = arrived.length - last.size;
  for (const arrival of last.values()) {
    const before = stored.get(arrival.recordId);
    if (before?.contentHash === arrival.contentHash) {
      if (target.hasQuarantine) plan.accepted.push(placeOf(arrival.record));
      if (before.runId === target.runId) plan.counts.duplicate += 1;
      else plan.counts.unchanged += 1;
      continue;
    }
    try {
      addRecord(target, plan, arrival, before);
    } catch (cause) {
      plan.quarantine.push(rejected(target, arrival.record, cause));
    }
  }
  return plan;
}

/** Maps and collects one record without a new raw version: what a replay does. */
export function addStory(target: LoadTarget, plan: PagePlan, recordId: string, mapped: MappedRecord, seenAt = target.seenAt): StoryRows {
  const rows = storyRows(target.connectionId, recordId, mapped, plan.parties, seenAt);
  for (const event of rows.events) keep(plan.events, event, recordId);
  for (const message of rows.messages) keep(plan.messages, message, recordId);
  for (const link of rows.links) keep(plan.links, link, recordId);
  for (const alias of rows.aliases) keep(plan.aliases, alias, recordId);
  if (rows.description) {
    const { itemId } = rows.description;
    const current = plan.descriptions.get(itemId);
    if (!current || isLater(rows.description, current)) plan.descriptions.set(itemId, rows.description);
    plan.dirtyItems.add(itemId);
  }
  if (rows.latestAt !== null && (plan.latestAt === null || Date.parse(rows.latestAt) > Date.parse(plan.latestAt)))
    plan.latestAt = rows.latestAt;
  for (const code of mapped.warnings ?? []) plan.warnings[code] = (plan.warnings[code] ?? 0) + 1;
  return rows;
}

export function emptyPlan(target: LoadTarget, quarantine: QuarantineRow[] = []): PagePlan {
  return {
    raw: [],
    events: new Map(),
    messages: new Map(),
    links: new Map(),
    aliases: new Map(),
    descriptions: new Map(),
    changed: [],
    dirtyItems: new Set(),
    accepted: [],
    parties: new PageParties(target.connectionId, target.statuses, target.known, target.erasures),
    quarantine: [...quarantine],
    latestAt: null,
    counts: { inserted: 0, updated: 0, unchanged: 0, duplicate: 0 },
    warnings: {},
  };
}

/** By which a record is found in quarantine. */
export function placeOf({ externalId, position }: RawRecord): PagePlan['accepted'][number] {
  return { externalId, position: position ?? null };
}

export function recordIdOf(target: { connectionId: string; stream: string }, externalId: string): string {
  return entityId(target.connectionId, 'record', `${target.stream}/${externalId}`);
}

function addRecord(target: LoadTarget, plan: PagePlan, arrival: Arrival, before: StoredVersion | undefined): void {
  const { record, recordId, contentHash, payload } = arrival;
  const rows = record.op === 'delete' ? null : addStory(target, plan, recordId, target.connector.map(target.config, target.stream, record));
  const version = (before?.version ?? 0) + 1;
  plan.raw.push(
    copyLine([
      target.connectionId,
      target.stream,
      recordId,
      version,
      contentHash,
      record.externalId,
      record.op,
      payload,
      target.runId,
      target.seenAt,
    ]),
  );
  plan.accepted.push(placeOf(record));
  if (record.isLate) plan.warnings['late_row'] = (plan.warnings['late_row'] ?? 0) + 1;
  if (before) {
    plan.changed.push({ arrival, description: rows?.description ?? null });
    plan.counts.updated += 1;
  } else plan.counts.inserted += 1;
}

function keep(lines: OwnedLines, row: { key: string; line: string }, recordId: string): void {
  const current = lines.get(row.key);
  if (!current || current.recordId <= recordId) lines.set(row.key, { recordId, line: row.line });
}

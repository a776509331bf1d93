import { hash } from 'node:crypto';
import type { Json, RawRecord, UnreadableRecord } from '../connector.js';
import { Fingerprints } from '../files/fingerprints.js';
import type { Mapping } from './mapping.js';

/** One row as the source has it. `place`: its order among the rows of its item; left out, the order in which they come. */
export interface SourceRow {
  cells: string[];
  position: string;
  place?: number;
}

/**
 * Gives a row its identity: the id column where there is one, else the hash of its cells and how often that very row was
 * met before. Back-filled columns are left out, since a later export shows other values on the same old row.
 */
export function rowRecords(mapping: Mapping, columns: string[], delimiter = ','): (row: SourceRow) => RawRecord | UnreadableRecord {
  const rows = new Fingerprints();
  const ids = new Fingerprints();
  const items = new Fingerprints();
  const idColumn = columns.indexOf(mapping.rows === 'items' ? mapping.item.id : (mapping.event.id ?? ''));
  const itemColumn = columns.indexOf(mapping.item.id);
  const told = columns.map((_, index) => index).filter((index) => !mapping.backFilled.includes(columns[index] ?? ''));
  const ordered = [...told].sort((a, b) => ((columns[a] ?? '') < (columns[b] ?? '') ? -1 : 1));
  return ({ cells, position, place }) => {
    const digest = hash('sha256', ordered.map((index) => cells[index]).join('\u001f'), 'buffer');
    const occurrence = rows.countDigest(digest);
    const n = place ?? items.count(cells[itemColumn] ?? '');
    const id = idColumn === -1 ? '' : (cells[idColumn] ?? '').trim();
    if (id !== '' && ids.count(id) > 1 && occurrence === 1) {
      const reason = `Column "${columns[idColumn]}" has "${id}" on an earlier row too, and the rows differ; each row needs an id of its own.`;
      return { unreadable: { code: 'id_twice', reason, position, raw: Buffer.from(cells.join(delimiter)) } };
    }
    const externalId = id !== '' ? id : `${digest.toString('hex', 0, 16)}${occurrence > 1 ? `-${occurrence}` : ''}`;
    return { externalId, payload: { columns, cells, n: idColumn !== -1 && mapping.rows === 'items' ? 1 : n }, op: 'upsert', position };
  };
}

/** What of a mapping decides which rows are the same, and what `mapRow` reads of it. */
export function tableDependsOn(mapping: Mapping): { identity: Json; mapping: Json } {
  const { rows, item, event, backFilled } = mapping;
  // Of the statuses only those that end an item change what a row says; the courts are looked up later.
  const { settings: _settings, calendar: _calendar, statuses, ...rest } = mapping;
  const ends = Object.entries(statuses).filter(([, meaning]) => meaning === 'done' || meaning === 'cancelled');
  return {
    identity: { rows, id: rows === 'items' ? item.id : (event.id ?? null), itemId: item.id, backFilled: [...backFilled].sort() },
    mapping: JSON.parse(JSON.stringify({ ...rest, statuses: Object.fromEntries(ends) })) as Json,
  };
}

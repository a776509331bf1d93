import { RejectedRecord, type Json, type RawRecord } from '../connector.js';
import { entityId, uuidOf } from '../model/ids.js';
import type { LoadTarget } from './load-target.js';

/** A record set aside: why, where it is, and its bytes. */
export interface QuarantineRow {
  id: string;
  externalId: string | null;
  position: string;
  code: string;
  reason: string;
  raw: Uint8Array;
}

/** A record that was refused, with its reason. Any other error than a refusal is a fault of ours and goes on up. */
export function rejected(target: LoadTarget, record: RawRecord, cause: unknown): QuarantineRow {
  if (!(cause instanceof RejectedRecord)) throw cause;
  const raw = Buffer.from(rawText(record.payload));
  return quarantineRow(target, {
    externalId: record.externalId.replaceAll('\0', '').toWellFormed(),
    position: record.position ?? record.externalId,
    code: cause.code,
    reason: cause.message,
    raw,
  });
}

/** The row a record would have in quarantine: its content is part of the identity, so that another version of it is another row. */
export function quarantineId(target: LoadTarget, record: RawRecord): string {
  return rowId(target, record.externalId, Buffer.from(rawText(record.payload)));
}

export function quarantineRow(target: LoadTarget, row: Omit<QuarantineRow, 'id'>): QuarantineRow {
  const position = row.position.replaceAll('\0', '').toWellFormed();
  const reason = row.reason.replaceAll('\0', '').toWellFormed();
  return { ...row, position, reason, id: rowId(target, row.externalId ?? position, row.raw) };
}

function rowId(target: LoadTarget, name: string, raw: Uint8Array): string {
  return entityId(target.connectionId, 'quarantine', `${target.stream}/${name}/${uuidOf(Buffer.from(raw).toString('latin1'))}`);
}

function rawText(payload: Json): string {
  try {
    return JSON.stringify(payload);
  } catch {
    return String(payload);
  }
}

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { wholeStream } from '../whole-file.js';
import { csvStream } from './csv.js';
import { fileBytes, type ViewFormat } from './formats.js';
import { typedColumn } from './typed-column.js';
import { findView, type View } from './view-catalog.js';
import { viewBatches } from './view-batches.js';

export interface ExportRequest {
  /** Name of a view of the `analytics` schema. */
  view: string;
  format: ViewFormat;
  /** CSV cells as they are, also those a spreadsheet would run as formulas. Default false. */
  isRaw?: boolean;
}

/**
 * The bytes of a view, read as they are taken: memory stays flat whatever its size. Holds one connection of the pool until the
 * stream is closed; a stream left half read takes its query down with it.
 */
export async function exportStream(pool: pg.Pool, request: ExportRequest): Promise<Readable> {
  const view = await findView(pool, request.view);
  const client = await pool.connect();
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    // Before the snapshot: a rebuild puts other tables in the place of those below, which an older snapshot would find empty.
    await client.query(`lock table analytics.${pg.escapeIdentifier(view.name)} in access share mode`);
  } catch (error) {
    client.release(true);
    throw error;
  }
  const stream = request.format === 'csv' ? csvStream(client, view, request.isRaw ?? false) : rowStream(client, view, request.format);
  let isWhole = false;
  stream.once('end', () => (isWhole = true));
  stream.once('close', () => {
    if (!isWhole) client.release(true);
    else
      client.query('rollback').then(
        () => client.release(),
        () => client.release(true),
      );
  });
  return stream;
}

function rowStream(client: pg.PoolClient, view: View, format: Exclude<ViewFormat, 'csv'>): Readable {
  const columns = view.columns.map(typedColumn);
  return Readable.from(fileBytes(format, { comment: view.comment }, columns, viewBatches(client, view, columns)), { objectMode: false });
}

/** Writes a view to a file. Until it is whole it has another name, so a file of that name is never a part. */
export async function exportToFile(pool: pg.Pool, request: ExportRequest, path: string, signal?: AbortSignal): Promise<{ bytes: number }> {
  return wholeStream(path, { remedy: 'Give --out a file in a directory you may write to.' }, async (file) => {
    await pipeline(await exportStream(pool, request), file, ...(signal ? [{ signal }] : []));
    return { bytes: file.bytesWritten };
  });
}

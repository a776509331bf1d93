import type pg from 'pg';
import type { Cell, TypedColumn } from './typed-column.js';
import { identifier, type View } from './view-catalog.js';

/** Rows held in memory at a time: enough to make batches worth their head, small enough that memory stays flat. */
const batchRows = 8_192;

/** The rows of a view as they were at one moment, a batch at a time; at least one batch, which may be empty. */
export async function* viewRows(client: pg.PoolClient, view: View, columns: readonly TypedColumn[]): AsyncGenerator<Cell[][]> {
  await client.query('begin transaction isolation level repeatable read read only');
  try {
    // Before the snapshot: a rebuild puts other tables in the place of those below, which an older snapshot would find empty.
    await client.query(`lock table analytics.${identifier(view.name)} in access share mode`);
    await client.query(
      `declare export_rows no scroll cursor for select ${columns.map((column) => column.select).join(', ')} from analytics.${identifier(view.name)}`,
    );
    let isFirst = true;
    for (;;) {
      const { rows } = await client.query<Cell[]>({ text: `fetch ${batchRows} from export_rows`, rowMode: 'array', types: asText });
      if (rows.length > 0 || isFirst) yield rows;
      isFirst = false;
      if (rows.length < batchRows) return;
    }
  } finally {
    await client.query('rollback');
  }
}

/** Values as the server writes them; the kind of each column says what they mean. */
const asText = { getTypeParser: () => (text: string) => text };

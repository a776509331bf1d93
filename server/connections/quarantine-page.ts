import type { Pool } from 'pg';
import { z } from 'zod';
import { listQuarantine } from '#etl/quarantine.js';
import type { QuarantineResponse } from '../api.js';
import { wholeNumber } from '../http/whole-number.js';

/** Of a record as it came: enough to know it by. */
const rawShown = 2_000;

export const quarantineQuery = z.strictObject({
  code: z.string().min(1).max(200).optional(),
  dismissed: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
  offset: wholeNumber(0, 1_000_000).default(0),
  limit: wholeNumber(1, 100).default(20),
});
export type QuarantineQuery = z.output<typeof quarantineQuery>;

/** What of a connection waits to be read, or was dismissed. */
export async function readQuarantine(pool: Pool, connection: string, query: QuarantineQuery): Promise<QuarantineResponse> {
  const { code, dismissed: isDismissed, offset, limit } = query;
  const [{ rows: codes }, records] = await Promise.all([
    pool.query<QuarantineResponse['codes'][number]>(
      `select code, count(*)::int as n
      from ingest.quarantine quarantine
      join ingest.connection connection on connection.id = quarantine.connection_id
      where connection.name = $1
        and resolved_at is null
        and (dismissed_at is not null) = $2
      group by code
      order by n desc, code`,
      [connection, isDismissed],
    ),
    listQuarantine(pool, { connection, isDismissed, offset, limit, ...(code === undefined ? {} : { code }) }),
  ]);
  return { codes, records: records.map(({ connection: _of, ...record }) => ({ ...record, raw: record.raw.slice(0, rawShown) })) };
}

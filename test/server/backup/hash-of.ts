import type pg from 'pg';
import { listTables } from '#server/backup/backup.js';

/** SHA-256 of all rows of all tables, in an order of their own; facts too, without what says when they were derived. */
export async function hashOf(pool: pg.Pool): Promise<Record<string, string>> {
  const client = await pool.connect();
  try {
    const kept = (await listTables(client)).map(({ table }) => table);
    const hashes: Record<string, string> = {};
    for (const table of [...kept, 'facts.item', 'facts.interval', 'facts.promise', 'facts.handoff', 'facts.turn', 'facts.silence']) {
      const omitted = table.startsWith('facts.') ? ` - 'version'` : '';
      const { rows } = await client.query<{ hash: string }>(
        `select encode(sha256(convert_to(coalesce(string_agg(text, E'\\n' order by text collate "C"), ''), 'UTF8')), 'hex') as hash
        from (select (to_jsonb(x)${omitted})::text as text from ${table} x) rows`,
      );
      hashes[table] = rows[0]?.hash ?? '';
    }
    return hashes;
  } finally {
    client.release();
  }
}

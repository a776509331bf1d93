import type pg from 'pg';
import { createRemark } from './word.sql.js';

/** Fills `remark` with what the messages of the batch say. */
export async function readTexts(client: pg.PoolClient): Promise<void> {
  await client.query(createRemark);
}

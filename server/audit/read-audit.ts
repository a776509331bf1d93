import type { Readable } from 'node:stream';
import type pg from 'pg';
import type { AuditLine } from '../api.js';
import type { ViewFormat } from '../exports/formats.js';
import { rowFile, type RowColumn } from '../exports/row-file.js';

/** Which lines of the audit log. `from` inclusive, `to` exclusive, both instants; absent: not asked for. */
export interface AuditQuestion {
  action?: string | undefined;
  outcome?: string | undefined;
  name?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** Rows of a file in memory at a time. */
const pageRows = 2_000;

/** The lines before `before`, the latest first. */
export async function readAudit(pool: pg.Pool, asked: AuditQuestion, { before, limit }: { before?: number | undefined; limit: number }) {
  const { rows } = await pool.query<AuditLine>(
    `select
      id::float8 as id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
      name, role, by, action, object, outcome, detail, address
    from app.audit
    where ($1::text is null or action = $1)
      and ($2::text is null or name = $2)
      and ($3::timestamptz is null or at >= $3)
      and ($4::timestamptz is null or at < $4)
      and ($5::bigint is null or id < $5)
      and ($6::text is null or outcome = $6)
    order by id desc
    limit $7`,
    [asked.action, asked.name, asked.from, asked.to, before, asked.outcome, limit],
  );
  return rows;
}

/** Names in the latest 1,000 lines, in their order. */
export async function namesInAudit(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `with latest as (select name from app.audit order by id desc limit 1000)
    select distinct name from latest where name <> '' order by name`,
  );
  return rows.map(({ name }) => name);
}

const columns: Record<string, RowColumn<AuditLine>> = {
  id: { kind: 'number', of: ({ id }) => id },
  at: { kind: 'instant', of: ({ at }) => at },
  name: { kind: 'text', of: ({ name }) => name },
  role: { kind: 'text', of: ({ role }) => role },
  by: { kind: 'text', of: ({ by }) => by },
  action: { kind: 'text', of: ({ action }) => action },
  object: { kind: 'text', of: ({ object }) => object },
  outcome: { kind: 'text', of: ({ outcome }) => outcome },
  detail: { kind: 'text', of: ({ detail }) => JSON.stringify(detail) },
  address: { kind: 'text', of: ({ address }) => address },
};

/** All lines that were asked for as a file, the latest first, made as it is taken. */
export function auditFile(pool: pg.Pool, asked: AuditQuestion, format: ViewFormat): Readable {
  return rowFile<AuditLine>(format, columns, auditPages(pool, asked));
}

async function* auditPages(pool: pg.Pool, asked: AuditQuestion): AsyncGenerator<AuditLine[]> {
  for (let before: number | undefined; ;) {
    const lines = await readAudit(pool, asked, { before, limit: pageRows });
    if (lines.length > 0) yield lines;
    if (lines.length < pageRows) return;
    before = lines.at(-1)?.id;
  }
}

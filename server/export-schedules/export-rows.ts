import type { Readable } from 'node:stream';
import type pg from 'pg';
import type { Principal } from '../access/principal.js';
import { narrowed } from '../access/narrow.js';
import type { ExportSource, ViewFormat } from '../api.js';
import { exportStream } from '../exports/export-view.js';
import type { QueryExports } from '../workbench/query-exports.js';
import { findView } from '../exports/view-catalog.js';
import type { WatchService } from '../watch/watch.service.js';

/** The rows of a source as a file, of what the asker may see. Throws a `Refusal` where that one may not take it. */
export async function exportRows(
  { pool, watch, queries }: { pool: pg.Pool; watch: Pick<WatchService, 'download'>; queries: QueryExports },
  source: ExportSource,
  as: Principal,
  { format, isRaw, signal }: { format: ViewFormat; isRaw: boolean; signal: AbortSignal },
): Promise<Readable> {
  const taken = { asker: as, address: null, format, isRaw, signal };
  switch (source.kind) {
    case 'view':
      if (as.scope !== null) return queries.view(await findView(pool, source.view), taken);
      return exportStream(pool, { view: source.view, format, isRaw });
    case 'watch': {
      const whole = { reason: null, sort: 'urgency', handled: 'hidden', offset: 0, limit: Infinity, unknownParameters: [] } as const;
      return watch.download(narrowed({ ...whole, unknownParameters: [], filters: source.filters }, as), format, isRaw);
    }
    case 'query':
      return queries.query(await queries.kept(as, source.savedQuery, source.parameters), taken);
  }
}

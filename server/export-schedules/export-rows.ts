import type { Readable } from 'node:stream';
import type pg from 'pg';
import type { Principal } from '../access/principal.js';
import { narrowed } from '../access/narrow.js';
import type { ExportSource, ViewFormat } from '../api.js';
import { Refusal } from '../dashboards/refusal.js';
import { exportStream } from '../exports/export-view.js';
import type { WatchService } from '../watch/watch.service.js';

/** The rows of a source as a file, of what the asker may see. Throws a `Refusal` where that one may not take it. */
export async function exportRows(
  { pool, watch }: { pool: pg.Pool; watch: Pick<WatchService, 'download'> },
  source: ExportSource,
  as: Principal,
  { format, isRaw }: { format: ViewFormat; isRaw: boolean },
): Promise<Readable> {
  switch (source.kind) {
    case 'view':
      if (as.scope !== null) throw new Refusal('A view has the rows of everybody, and the account that made it sees a part of them.');
      return exportStream(pool, { view: source.view, format, isRaw });
    case 'watch': {
      const whole = { reason: null, sort: 'urgency', handled: 'hidden', offset: 0, limit: Infinity, unknownParameters: [] } as const;
      return watch.download(narrowed({ ...whole, unknownParameters: [], filters: source.filters }, as), format, isRaw);
    }
    case 'query':
      throw new Refusal('Queries cannot be exported by schedule yet.');
  }
}

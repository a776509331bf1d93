import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import type { Principal } from '../access/principal.js';
import { recordAudit } from '../audit/audit.js';
import { log } from '../console.js';
import { POOL } from '../database/database.module.js';
import { exportStream, type ExportRequest } from '../exports/export-view.js';
import type { ViewFormat } from '../exports/formats.js';
import type { View } from '../exports/view-catalog.js';
import { Refusal } from '../refusal.js';
import type { QueryRequest } from './child-job.js';
import { noteEnd, noteRun } from './history.js';
import { readQuery } from './kept-queries.js';
import { planTree } from './plan.js';
import { QueryFailure } from './query-failure.js';
import { relationsOf, textHash } from './query-text.js';
import { exportLimits, pageLimits } from './run-limits.js';
import { explainQuery, runQueryFile, type QueryFile } from './run-query.js';
import { Workbench } from './workbench.js';

/** For a place, where all are taken. */
const mostWaitMs = 30_000;

/** Who takes a file, from where, and of which kind. */
export interface TakenBy {
  asker: Principal;
  /** Of the network; null: not known. */
  address: string | null;
  format: ViewFormat;
  /** CSV cells as they are, also those a spreadsheet would run as formulas. */
  isRaw: boolean;
  /** Ends the query. */
  signal?: AbortSignal;
}

/** Rows of queries as files, read with the login of whoever takes them. */
@Injectable()
export class QueryExports {
  private readonly notes = new Set<Promise<void>>();

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly workbench: Workbench,
  ) {}

  /** Waits until all that has ended is noted. */
  async settled(): Promise<void> {
    await Promise.all(this.notes);
  }

  /** A kept query with values by name; what is not named has its default. Throws `Missing`, and a `Refusal` for an unknown name. */
  async kept(asker: Principal, id: string, values: Readonly<Record<string, string | null>>): Promise<QueryRequest> {
    const { text, parameters, title } = await readQuery(this.pool, asker, id);
    const unknown = Object.keys(values).find((name) => !parameters.some((one) => one.name === name));
    if (unknown !== undefined)
      throw new Refusal(`"${title}" has no parameter "${unknown}"; known: ${parameters.map(({ name }) => name).join(', ') || 'none'}.`);
    return {
      text,
      parameters: parameters.map(({ name, type, default: usual }) => ({ type, value: values[name] === undefined ? usual : values[name] })),
    };
  }

  /**
   * The bytes of the answer, as they are taken; it breaks off where the answer does, or is larger than may be. Throws `QueryFailure` where
   * there is none.
   */
  query(request: QueryRequest, by: TakenBy): Promise<Readable> {
    return this.start(by.asker, request, by, 'query');
  }

  /** A view, of what a scope leaves of it. The text is ours, so no right to ask with one's own is needed. */
  view({ name, columns }: View, by: TakenBy): Promise<Readable> {
    const text = `select ${columns.map((column) => pg.escapeIdentifier(column.name)).join(', ')} from analytics.${pg.escapeIdentifier(name)}`;
    return this.start({ ...by.asker, role: 'analyst', only: null }, { text, parameters: [] }, by, 'view');
  }

  /**
   * A view of everything, in a place like a query: each holds a connection to the database until its last byte is taken, and who takes none
   * must not keep all of them from the others. Throws `QueryFailure` where the person has as many as one may.
   */
  async wholeView(request: ExportRequest, { id, by }: Pick<Principal, 'id' | 'by'>): Promise<Readable> {
    const leave = await this.workbench.places.take(id ?? by, () => undefined, AbortSignal.timeout(mostWaitMs));
    try {
      const stream = await exportStream(this.pool, request);
      stream.once('close', leave);
      return stream;
    } catch (error) {
      leave();
      throw error;
    }
  }

  /** How many rows are likely; null where it is not to be told, because it counts all rows, or the text cannot be planned. */
  async estimate(asker: Principal, request: QueryRequest): Promise<number | null> {
    if (asker.scope !== null) return null;
    const plan = await explainQuery(await this.workbench.loginFor(asker, '0'), request, pageLimits).catch((error: unknown) => {
      if (error instanceof QueryFailure) return null;
      throw error;
    });
    return plan === null ? null : planTree(plan).rows;
  }

  private async start(as: Principal, request: QueryRequest, by: TakenBy, kind: 'query' | 'view'): Promise<Readable> {
    const begin = performance.now();
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, ...(by.signal ? [by.signal] : [])]);
    const leave = await this.workbench.places.take(as.id ?? as.by, () => undefined, signal);
    const run = await noteRun(this.pool, by.asker, request).catch((error: unknown) => {
      leave();
      throw error;
    });
    const end = async (query: QueryFile | null, error: unknown): Promise<void> => {
      leave();
      const failure = error instanceof QueryFailure ? error.told : null;
      const { rows = null, bytes = null, cutAt = null } = query?.end() ?? {};
      const outcome = failure?.reason ?? (error ? 'failed' : cutAt ? 'cut' : 'done');
      await noteEnd(this.pool, run, {
        outcome,
        rows,
        bytes,
        milliseconds: Math.round(performance.now() - begin),
        sqlState: failure?.sqlState ?? null,
      });
      const relations = (await relationsOf(request.text)).join(' ');
      await recordAudit(this.pool, {
        asker: by.asker,
        action: 'export',
        object: run,
        outcome: error ? 'failed' : 'done',
        detail: { kind, text: textHash(request.text), relations, rows, bytes, format: by.format, raw: by.isRaw },
        address: by.address,
      });
    };
    try {
      const login = await this.workbench.loginFor(as, run);
      const query = await runQueryFile(login, request, { format: by.format, isRaw: by.isRaw }, { limits: exportLimits, signal });
      const stream = Readable.from(query.bytes, { objectMode: false });
      stream.once('close', () => {
        stop.abort();
        const error = stream.errored ?? (stream.readableEnded ? null : new Error('Its reader went.'));
        const noted = end(query, error)
          .catch((failed: unknown) => log(`the export ${run} could not be noted: ${String(failed)}`))
          .finally(() => this.notes.delete(noted));
        this.notes.add(noted);
      });
      return stream;
    } catch (error) {
      await end(null, error);
      throw error;
    }
  }
}

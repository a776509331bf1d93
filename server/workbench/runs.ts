import { once } from 'node:events';
import { PassThrough, type Readable } from 'node:stream';
import type pg from 'pg';
import type { Principal } from '../access/principal.js';
import type { ExplainResponse, PlanNode, QueryError, QueryRunMessage } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { log } from '../console.js';
import { cellsOf, shownColumn } from './cells.js';
import type { Login, QueryRequest } from './child-job.js';
import { noteEnd, noteRun, type RunOutcome } from './history.js';
import { planTree } from './plan.js';
import { QueryFailure } from './query-failure.js';
import { relationsOf, textHash } from './query-text.js';
import { explainQuery, pageBatchRows, runQuery, type RunEnd } from './run-query.js';
import { pageLimits } from './run-limits.js';
import type { Workbench } from './workbench.js';

/** Who asked, and from where. */
export interface Asked {
  asker: Principal;
  /** Of the network; null: not known. */
  address: string | null;
}

/** Queries that run for the page: each noted, audited, and ended when its reader goes. */
export class Runs {
  private readonly running = new Map<string, { account: string | null; stop: AbortController }>();

  constructor(
    private readonly pool: pg.Pool,
    private readonly workbench: Workbench,
  ) {}

  /** The answer as NDJSON, line by line; a `QueryRunMessage` each. */
  start(asked: Asked, request: QueryRequest): Readable {
    const out = new PassThrough({ highWaterMark: 2 ** 18 });
    const stop = new AbortController();
    out.once('close', () => stop.abort());
    const tell = async (message: QueryRunMessage) => {
      if (!out.write(`${JSON.stringify(message)}\n`)) await once(out, 'drain', { signal: stop.signal });
    };
    void this.run(asked, request, tell, stop)
      .catch((error: unknown) => log(`a query of the workbench could not be noted: ${String(error)}`))
      .finally(() => out.end());
    return out;
  }

  /** Whether it was running, and the asker's own. */
  cancel({ id }: Principal, run: string): boolean {
    const found = this.running.get(run);
    if (found?.account !== id) return false;
    found.stop.abort();
    return true;
  }

  /** Audited as a run is: a plan tells how many rows are likely. */
  async explain({ asker, address }: Asked, request: QueryRequest): Promise<ExplainResponse> {
    const begin = performance.now();
    const took = () => Math.round(performance.now() - begin);
    const answer: ExplainResponse = await this.plan(asker, request).then(
      (plan) => ({ plan, milliseconds: took() }),
      (error: unknown) => ({ error: toldOf(error, new AbortController().signal) }),
    );
    const error = 'error' in answer ? answer.error : null;
    await recordAudit(this.pool, {
      asker,
      action: 'query.explain',
      outcome: auditOutcome(error),
      detail: {
        ...(await readOf(request)),
        outcome: error?.reason ?? 'done',
        milliseconds: took(),
        sqlState: error?.sqlState ?? null,
      },
      address,
    });
    return answer;
  }

  private async plan(asker: Principal, request: QueryRequest): Promise<PlanNode> {
    if (asker.scope !== null) throw refused('Plans are for who may see everything: their estimates count all rows.');
    const login = await this.workbench.loginFor(asker, '0');
    const leave = await this.workbench.places.take(personOf(asker), () => undefined, AbortSignal.timeout(pageLimits.milliseconds));
    try {
      return planTree(await explainQuery(login, request, pageLimits));
    } finally {
      leave();
    }
  }

  private async run(
    { asker, address }: Asked,
    request: QueryRequest,
    tell: (message: QueryRunMessage) => Promise<void>,
    stop: AbortController,
  ): Promise<void> {
    const begin = performance.now();
    const run = await noteRun(this.pool, asker, request);
    this.running.set(run, { account: asker.id, stop });
    let end: RunEnd | null = null;
    let error: QueryError | null = null;
    let leave: (() => void) | null = null;
    try {
      await tell({ kind: 'started', run });
      let hasWaited = false;
      const wait = (position: number) => {
        hasWaited = true;
        void tell({ kind: 'waiting', position }).catch(() => undefined);
      };
      leave = await this.workbench.places.take(personOf(asker), wait, stop.signal);
      if (hasWaited) await tell({ kind: 'started', run });
      end = await this.answer(await this.workbench.loginFor(asker, run), request, tell, stop.signal);
      await tell({ kind: 'end', ...end });
    } catch (thrown) {
      error = toldOf(thrown, stop.signal);
      await tell({ kind: 'error', ...error }).catch(() => undefined);
    } finally {
      leave?.();
      this.running.delete(run);
    }
    const outcome: RunOutcome = {
      outcome: error?.reason ?? (end?.cutAt ? 'cut' : 'done'),
      rows: end?.rows ?? null,
      bytes: end?.bytes ?? null,
      milliseconds: Math.round(performance.now() - begin),
      sqlState: error?.sqlState ?? null,
    };
    await noteEnd(this.pool, run, outcome);
    await recordAudit(this.pool, {
      asker,
      action: 'query',
      object: run,
      outcome: auditOutcome(error),
      detail: { ...(await readOf(request)), ...outcome },
      address,
    });
  }

  private async answer(
    login: Login,
    request: QueryRequest,
    tell: (message: QueryRunMessage) => Promise<void>,
    signal: AbortSignal,
  ): Promise<RunEnd> {
    const query = await runQuery(login, request, { limits: pageLimits, rowsAtOnce: pageBatchRows, signal });
    await tell({ kind: 'columns', columns: query.columns.map(shownColumn) });
    for await (const batch of query.batches) await tell({ kind: 'rows', rows: cellsOf(query.columns, batch) });
    const end = query.end();
    if (!end) throw new Error('The query ended without saying how.');
    return end;
  }
}

/** What stands for the text in the audit log. */
async function readOf({ text }: QueryRequest): Promise<{ text: string; relations: string }> {
  return { text: textHash(text), relations: (await relationsOf(text)).join(' ') };
}

/** Who may have two queries at once. */
function personOf({ id, by }: Principal): string {
  return id ?? by;
}

function refused(message: string): QueryFailure {
  return new QueryFailure({ reason: 'off', message, sqlState: null, position: null });
}

function toldOf(error: unknown, signal: AbortSignal): QueryError {
  if (error instanceof QueryFailure) return error.told;
  if (signal.aborted) return { reason: 'cancelled', message: 'The query was cancelled.', sqlState: null, position: null };
  log(`a query of the workbench failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return { reason: 'failed', message: "The query could not be run; the server's log tells more.", sqlState: null, position: null };
}

function auditOutcome(error: QueryError | null): 'done' | 'refused' | 'failed' {
  if (error === null) return 'done';
  return error.reason === 'off' || error.reason === 'busy' ? 'refused' : 'failed';
}

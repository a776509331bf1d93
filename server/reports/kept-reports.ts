import type pg from 'pg';
import type { Principal, Scope } from '../access/principal.js';
import { filtersCondition } from '../access/scope.js';
import type { ReportListed, ReportResponse, ReportSpec, ReportsResponse } from '../api.js';
import { iso } from '../database/iso.js';
import { Missing } from '../refusal.js';
import type { MadeReport } from './made-report.js';
import type { SummaryDocument } from './report-document.js';

/** The newest stay; a year of weekly summaries for a handful of readers. */
const mostKept = 500;

/** A summary ready to be printed and kept. */
export interface ReportContent {
  spec: ReportSpec;
  specKey: string;
  /** Of everything it says and draws. */
  contentKey: string;
  /** Of what it found, without the numbers. */
  saidKey: string;
  factVersion: number;
  asOf: string | null;
  subject: string;
  fileName: string;
  document: SummaryDocument;
  text: string;
  html: string;
  hasNothingToReport: boolean;
  render(): Promise<Uint8Array>;
}

const made = `id, subject, text, html, pdf, file_name as "fileName", ${iso('as_of_at')} as "asOf", is_nothing_new as "isNothingNew"`;

const listed = `id, subject, locale, ${iso('made_at')} as "madeAt", ${iso('as_of_at')} as "asOf", length(pdf) as bytes,
  file_name as "fileName", is_nothing_new as "isNothingNew"`;

/** The report that says the same already, or this one, printed and kept. */
export async function keepReport(pool: pg.Pool, content: ReportContent): Promise<MadeReport> {
  const known = await readMade(pool, content);
  if (known) return known;
  const pdf = await content.render();
  if (pdf.byteLength === 0) throw new Error('The summary was printed to an empty file; it is neither kept nor sent.');
  await pool.query(
    `insert into app.report (spec, spec_key, content_key, said_key, fact_version, as_of_at, locale, subject, file_name, document, html,
      text, pdf, is_nothing_new)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 or $4 = coalesce(
      (select said_key from app.report where spec_key = $2 order by made_at desc limit 1), ''))
    on conflict (spec_key, content_key) do nothing`,
    [
      JSON.stringify(content.spec),
      content.specKey,
      content.contentKey,
      content.saidKey,
      content.factVersion,
      content.asOf,
      content.spec.locale,
      content.subject,
      content.fileName,
      JSON.stringify(content.document),
      content.html,
      content.text,
      Buffer.from(pdf),
      content.hasNothingToReport,
    ],
  );
  await pool.query('delete from app.report where id in (select id from app.report order by made_at desc offset $1)', [mostKept]);
  const kept = await readMade(pool, content);
  if (!kept) throw new Error(`The summary "${content.subject}" was printed but could not be kept; make it again.`);
  return kept;
}

type Limited = Pick<Principal, 'scope'>;

const everybody: Limited = { scope: null };

/** The latest first, of those that are about nothing the asker may not see. */
export async function listReports(pool: pg.Pool, limit: number, { scope } = everybody): Promise<ReportsResponse> {
  const parameters: unknown[] = [];
  const seen = isSeen(scope, parameters);
  const { rows: counted } = await pool.query<{ total: number }>(`select count(*)::int as total from app.report where ${seen}`, parameters);
  parameters.push(limit);
  const { rows } = await pool.query<ReportListed>(
    `select ${listed} from app.report where ${seen} order by made_at desc, id limit $${parameters.length}`,
    parameters,
  );
  return { total: counted[0]?.total ?? 0, reports: rows };
}

/** Throws `Missing`. */
export async function readReport(pool: pg.Pool, id: string, { scope } = everybody): Promise<ReportResponse> {
  const parameters: unknown[] = [id];
  const { rows } = await pool.query<ReportResponse>(
    `select ${listed}, spec, document from app.report where id = $1 and ${isSeen(scope, parameters)}`,
    parameters,
  );
  return rows[0] ?? missing(id);
}

/** Its PDF as it was made. Throws `Missing`. */
export async function readReportFile(pool: pg.Pool, id: string, { scope } = everybody): Promise<{ fileName: string; pdf: Uint8Array }> {
  if (!isUuid(id)) return missing(id);
  const parameters: unknown[] = [id];
  const { rows } = await pool.query<{ fileName: string; pdf: Buffer }>(
    `select file_name as "fileName", pdf from app.report where id = $1 and ${isSeen(scope, parameters)}`,
    parameters,
  );
  return rows[0] ?? missing(id);
}

function isSeen(scope: Scope | null, parameters: unknown[]): string {
  return filtersCondition(scope, `spec -> 'filters'`, parameters);
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function missing(id: string): never {
  throw new Missing(`There is no summary ${id}; the latest ${mostKept} are kept, GET /api/reports lists them.`);
}

async function readMade(pool: pg.Pool, { specKey, contentKey }: ReportContent): Promise<MadeReport | null> {
  const { rows } = await pool.query<MadeReport>(`select ${made} from app.report where spec_key = $1 and content_key = $2`, [
    specKey,
    contentKey,
  ]);
  return rows[0] ?? null;
}

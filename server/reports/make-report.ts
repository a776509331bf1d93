import { boardsOf, fingerprint, questionOf, specKey, type ReportSpec } from './report-spec.js';
import type { ReportContext } from './report-context.js';
import { buildReport } from './build-report.js';
import { keepReport } from './kept-reports.js';
import { renderPdf } from './render-pdf.js';
import { readConnections } from '../dashboards/state.js';
import { latest } from '../dashboards/boards.js';

/** A summary that was made and is kept in `app.report`. */
export interface MadeReport {
  id: string;
  /** One line, for the subject of a mail. */
  subject: string;
  /** The summary as plain text and as HTML for mail; both can be read without the PDF. */
  text: string;
  html: string;
  pdf: Uint8Array;
  /** ASCII. */
  fileName: string;
  /** ISO: the data's own time; null without data. */
  asOf: string | null;
  /** It says that there is nothing to report, or the same as the report of this spec before it. */
  isNothingNew: boolean;
}

/**
 * Makes a summary and keeps it; the same spec with the same content is one report. Throws where it cannot be made whole: no part of it
 * is ever blank. A `Refusal` says what was asked wrongly; anything else may be tried again.
 */
export async function makeReport(context: ReportContext, spec: ReportSpec): Promise<MadeReport> {
  const chosen = boardsOf(spec, context.boards);
  const question = questionOf(spec);
  const { ask, window, version } = await context.dashboards.prepare(question);
  const connections = await readConnections(context.pool);
  const printed = await buildReport(chosen.length > 0 ? chosen : context.boards, ask, question, window, connections);
  const { title, period } = printed.document;
  const subject = `${title}, ${period}`;
  return keepReport(context.pool, {
    spec,
    specKey: specKey(spec),
    contentKey: fingerprint([printed.document, [...printed.images]]),
    saidKey: fingerprint(printed.document.changes),
    factVersion: version,
    asOf: latest(connections.map(({ asOf }) => asOf)),
    subject,
    fileName: `throughline-summary-${window.from}-${window.to}-${spec.locale}.pdf`,
    document: printed.document,
    text: subject,
    html: `<!doctype html><p>${subject.replace(/[<>&]/g, '')}</p>`,
    hasNothingToReport: printed.document.changes.length === 0,
    render: () => renderPdf(printed),
  });
}

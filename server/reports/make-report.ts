import { latest } from '../dashboards/boards.js';
import { drawBoards } from './board-pages.js';
import { brandOf, readBrand } from './brand.js';
import { buildSummary } from './build-summary.js';
import { keepReport } from './kept-reports.js';
import { logoName, printSheet } from './print-sheet.js';
import { readSummary } from './read-summary.js';
import { renderPdf } from './render-pdf.js';
import type { ReportContext } from './report-context.js';
import type { PrintableReport, SummaryDocument } from './report-document.js';
import { fingerprint, specKey } from './report-spec.js';
import type { ReportSpec } from '../api.js';
import { subjectOf, summaryText } from './summary-text.js';
import { summaryHtml } from './summary-html.js';
import type { MadeReport } from './made-report.js';

/**
 * Makes a summary and keeps it; the same spec with the same content is one report. Throws where it cannot be made whole: no part of it
 * is ever blank. A `Refusal` says what was asked wrongly; anything else may be tried again.
 */
export async function makeReport(context: ReportContext, spec: ReportSpec): Promise<MadeReport> {
  const { printable, factVersion, asOf, fileName } = await prepareReport(context, spec);
  const { document, sheet, images } = printable;
  return keepReport(context.pool, {
    spec,
    specKey: specKey(spec),
    contentKey: fingerprint([document, sheet, [...images].map(([name, image]) => [name, fingerprint(String(image))])]),
    saidKey: fingerprint(findingsOf(document)),
    factVersion,
    asOf,
    subject: subjectOf(document),
    fileName,
    document,
    text: summaryText(document),
    html: summaryHtml(document),
    hasNothingToReport: document.changes.none !== null && document.actions.lines.length === 0,
    render: () => renderPdf(printable),
  });
}

/** All that a report says and draws, before it is printed and kept. */
export async function prepareReport(
  context: ReportContext,
  spec: ReportSpec,
): Promise<{ printable: PrintableReport; factVersion: number; asOf: string | null; fileName: string }> {
  const [facts, brand] = await Promise.all([readSummary(context, spec), readBrand(context.pool)]);
  const images = new Map<string, string | Uint8Array>(await drawBoards(facts.boards));
  const asOf = latest(facts.connections.map((connection) => connection.asOf));
  const document = buildSummary(facts, { brand: brandOf(brand), publicUrl: context.publicUrl, images: new Set(images.keys()) });
  if (brand.logo) images.set(logoName(brand.logo), Buffer.from(brand.logo.base64, 'base64'));
  return {
    printable: { document, sheet: printSheet(spec, facts.window, asOf, brand.logo), images },
    factVersion: facts.factVersion,
    asOf,
    fileName: `throughline-summary-${facts.window.from}-${facts.window.to}-${spec.locale}.pdf`,
  };
}

/** What it found, without the numbers and the dates: two reports that found the same say nothing new. */
function findingsOf({ changes, best, actions, customers, moved, stale }: SummaryDocument): unknown {
  return [
    [...changes.lines, ...best.lines]
      .filter(({ tone }) => tone !== 'calm')
      .map(({ tone, links }) => [tone, links.at(-1)?.url.replace(/.*#/, '')]),
    actions.lines.length,
    [customers, moved].map(({ rows }) => rows.map(({ cells }) => cells[0])),
    stale.length,
  ];
}

import type { SummaryDocument } from '../reports/report-document.js';
import type { ReportSpec } from '../reports/report-spec.js';

export type { SummaryDocument, SummaryLines, SummaryTable, HeadlineTable } from '../reports/report-document.js';
export type { ReportSpec } from '../reports/report-spec.js';

/** `GET /api/reports?limit`: summaries that are kept, the latest first. */
export interface ReportsResponse {
  total: number;
  reports: ReportListed[];
}

/** `POST /api/reports` with a `ReportSpec` makes one, or gives the one that says the same. `GET /api/reports/:id/pdf` is its file. */
export interface ReportListed {
  id: string;
  subject: string;
  locale: ReportSpec['locale'];
  /** ISO. */
  madeAt: string;
  asOf: string | null;
  /** Of the PDF. */
  bytes: number;
  fileName: string;
  isNothingNew: boolean;
}

/** `GET /api/reports/:id`. */
export interface ReportResponse extends ReportListed {
  spec: ReportSpec;
  document: SummaryDocument;
}

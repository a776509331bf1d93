import type { Digits, Locale } from '#dashboards/i18n/messages.js';
import type { Calendar, Dimension } from '#dashboards/metric-result.js';
import type { SummaryDocument } from '../reports/report-document.js';
import type { PeriodWord } from './state.js';

export type { SummaryDocument, SummaryLines, SummaryTable, HeadlineTable } from '../reports/report-document.js';

/** What is wanted of a summary, as it is kept: what was left out of the question has its default. */
export interface ReportSpec {
  /** Boards that get a page of their own after the summary, in this order; none: the summary alone. */
  boards: string[];
  filters: Partial<Record<Dimension, string[]>>;
  locale: Locale;
  digits?: Digits | undefined;
  calendar?: Calendar | undefined;
  paper: 'a4' | 'letter';
  /** In words or in local dates, `to` being the first day left out. */
  period: PeriodWord | { from: string; to: string };
  /** What its sentences compare the period with; the table of headlines always has both. Default: the period just before. */
  compare?: 'previous' | 'year' | undefined;
}

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

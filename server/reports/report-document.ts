import type { Headline } from '#dashboards/dashboard.js';
import type { Locale } from '#dashboards/i18n/messages.js';

/** Everything a printed summary says, formatted: the template adds no number and no word. */
export interface ReportDocument {
  locale: Locale;
  direction: 'ltr' | 'rtl';
  fonts: string[];
  title: string;
  period: string;
  /** Day of the data. Stands as creation date in the file, so the same data gives the same bytes. */
  createdOn: { year: number; month: number; day: number };
  freshness: string[];
  sampleNote: string | null;
  /** As Typst writes numbers: `1 / 1`. */
  pageNumbering: string;
  texts: {
    headlines: string;
    changes: string;
    noChanges: string;
    unchanged: string;
    changeHead: string[];
    definitions: string;
    absent: string;
  };
  headlines: (Headline & { board: string; title: string; evidence: string })[];
  changes: { title: string; value: string; note: string; change: Headline['change'] }[];
  boards: { others: string; title: string; description: string; charts: ReportChart[] }[];
  definitions: { name: string; definition: string; facts: { label: string; text: string }[] }[];
  absent: { title: string; reason: string }[];
}

export interface ReportChart {
  title: string;
  summary: string;
  /** Name of its SVG among the images; null where nothing can be drawn. */
  image: string | null;
  /** What a screen reader says instead of the picture. */
  alt: string;
  /** What the numbers on its time axis stand for. */
  notes: string[];
}

/** A document with its pictures, each an SVG under the name the document gives it. */
export interface PrintableReport {
  document: ReportDocument;
  images: ReadonlyMap<string, string>;
}

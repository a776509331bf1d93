import type { Locale } from '#dashboards/i18n/messages.js';
import type { Tone } from '#dashboards/sentences/sentence.js';

/**
 * Everything a summary says, formatted once. Paper, mail and page lay it out and add no number and no word of their own, so they show
 * the same to the last digit.
 */
export interface SummaryDocument {
  locale: Locale;
  direction: 'ltr' | 'rtl';
  /** Of the company; `colour` as `#rrggbb`, dark enough for letters on white. */
  brand: { name: string | null; colour: string };
  title: string;
  period: string;
  /** What it is compared with, and which filters are set. */
  scope: string[];
  freshness: string[];
  /** Sources that are out of date. */
  stale: string[];
  sampleNote: string | null;
  /** The answer first, in a sentence or two. */
  verdict: string[];
  headlines: HeadlineTable;
  changes: SummaryLines;
  best: SummaryLines;
  actions: SummaryLines;
  customers: SummaryTable;
  moved: SummaryTable;
  absent: { title: string; none: string; entries: { title: string; reason: string }[] };
  boards: BoardPage[];
  definitions: { title: string; entries: { name: string; definition: string; facts: { label: string; text: string }[] }[] };
  version: string;
  /** Of a mail, which carries the PDF. */
  attached: string;
}

export interface HeadlineTable {
  title: string;
  /** Measure, now, period before, a year before and, where any is set, target. */
  head: string[];
  rows: HeadlineRow[];
  /** What is called a change. */
  note: string;
}

export interface HeadlineRow {
  board: string;
  title: string;
  value: string;
  /** How many are behind it, its interval, and why there is no value where there is none. */
  basis: string;
  against: Against[];
  url: string;
}

/** A number the headline is held against. */
export interface Against {
  value: string;
  text: string;
  tone: 'better' | 'worse' | 'same' | 'unclear';
}

export interface SummaryLines {
  title: string;
  lines: SummaryLine[];
  /** What is said where there is no line; null where there are some. */
  none: string | null;
  more: SummaryLink | null;
}

export interface SummaryLine {
  /** Null for what is to be done, which is neither better nor worse and has a number instead. */
  tone: Tone | null;
  number: string | null;
  text: string;
  /** Who carries it. */
  detail: string | null;
  links: SummaryLink[];
}

export interface SummaryLink {
  text: string;
  url: string;
}

export interface SummaryTable {
  title: string;
  lead: string;
  /** The first column names the row. */
  head: string[];
  rows: { cells: string[]; url: string | null }[];
  /** Rows shown of all there are; null where there are none. */
  shown: string | null;
  none: string | null;
  /** The whole list. */
  more: SummaryLink | null;
}

export interface BoardPage {
  title: string;
  description: string;
  charts: ReportChart[];
  /** Charts that have no room here. */
  others: string;
  link: SummaryLink;
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

/** A document with what only paper needs. */
export interface PrintableReport {
  document: SummaryDocument;
  sheet: PrintSheet;
  /** SVG or PNG under the name by which document and sheet call it. */
  images: ReadonlyMap<string, string | Uint8Array>;
}

export interface PrintSheet {
  paper: 'a4' | 'letter';
  fonts: string[];
  /** Day of the data. Stands as creation date in the file, so the same data gives the same bytes. */
  createdOn: { year: number; month: number; day: number };
  /** As Typst writes numbers: `1 / 1`. */
  pageNumbering: string;
  /** Name of the logo among the images. */
  logo: string | null;
}

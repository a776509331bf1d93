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

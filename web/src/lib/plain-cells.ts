/** What a text begins with that a spreadsheet would run as a formula; the same as in the files of the server. */
export const formulaStarts: readonly string[] = ['=', '+', '-', '@', '\t', '\r', '\n', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20'];

/** A text between tabs: in one line, with an apostrophe in front where a spreadsheet would run it. */
export function plainText(text: string): string {
  const guarded = formulaStarts.includes(text.charAt(0)) ? `'${text}` : text;
  return guarded.replace(/\s+/g, ' ');
}

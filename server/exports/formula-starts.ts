/**
 * What a text begins with that a spreadsheet would run: = + - @, their full-width forms, a tab or a line break. A leading apostrophe
 * makes it text. https://owasp.org/www-community/attacks/CSV_Injection
 */
export const formulaStarts: readonly string[] = ['=', '+', '-', '@', '\t', '\r', '\n', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20'];

/** The text as a cell that nothing runs. */
export function withoutFormula(text: string): string {
  return formulaStarts.includes(text.charAt(0)) ? `'${text}` : text;
}

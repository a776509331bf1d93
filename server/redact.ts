const hidden = '•••';

/** Secrets this process was given, longest first: they are taken out wherever they turn up. */
const known: string[] = [];

/** What must never be written to a log. Words too short to be secrets would tear holes into every line. */
export function neverLog(...secrets: (string | null | undefined)[]): void {
  for (const secret of secrets) {
    if (!secret || secret.length < 6 || known.includes(secret)) continue;
    known.push(secret, encodeURIComponent(secret));
  }
  known.sort((a, b) => b.length - a.length);
}

/** What secrets look like: in addresses, in headers, in queries and JSON, and tokens of the tools we know. */
const shapes: [RegExp, string][] = [
  // Without the scheme before it, which would be looked for from each letter of a long word anew.
  [/(:\/\/)[^\s/@"']+@/g, `$1${hidden}@`],
  [/\b(bearer|basic|token)\s+[\w+/=.~-]{8,}/gi, `$1 ${hidden}`],
  [/((?:pass(?:word|wd)?|secret|token|api[_-]?key|authorization|cookie|code|key)["']?\s*[=:]\s*["']?)[^\s"'&,;}]+/gi, `$1${hidden}`],
  [/\b(?:gh[pousr]_|glpat-|xox[abprs]-|sk-|lin_api_|tl[a-z]?_|AKIA)[\w-]{8,}/g, hidden],
];

/** A line without secrets, and on one line: what could begin another is written as `\n`. */
export function redacted(text: string): string {
  const without = known.reduce((left, secret) => left.replaceAll(secret, hidden), text);
  return oneLine(shapes.reduce((left, [shape, instead]) => left.replace(shape, instead), without));
}

function oneLine(text: string): string {
  return text
    .replaceAll('\r', '\\r')
    .replaceAll('\n', '\\n')
    .replace(/[\p{Cc}\u2028\u2029]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

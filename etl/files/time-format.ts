import { LocalZone, type LocalTimeWarning } from './local-time.js';

/** An instant in UTC, ISO, with as many digits below the second as the source gave. */
export interface ReadTime {
  at: string;
  warning?: LocalTimeWarning;
}

/** What a date without a time of day stands for: the start of that day, or the end of business, `HH:mm`. */
export interface TimeRule {
  /** `iso`, `epoch-s`, `epoch-ms`, or a pattern such as `d/M/yyyy HH:mm`. */
  format: string;
  zone: string;
  dateOnlyAt: string;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number | null;
  minute: number;
  second: number;
  fraction: string;
  offsetSeconds: number | null;
}

const cacheLimit = 20_000;

/** Compiles a rule into a reader; it returns null for what the rule does not fit. Values met again cost a look-up. */
export function timeReader(rule: TimeRule): (value: string) => ReadTime | null {
  const zone = new LocalZone(rule.zone);
  const parse = parser(rule.format);
  const [endHour = 0, endMinute = 0] = rule.dateOnlyAt.split(':').map(Number);
  const cache = new Map<string, ReadTime | null>();
  return (value) => {
    const known = cache.get(value);
    if (known !== undefined) return known;
    const parts = parse(value);
    const read = parts && instantOf(parts, zone, endHour, endMinute);
    if (cache.size >= cacheLimit) cache.clear();
    // A slice of a chunk would keep the whole chunk in memory; the copy does not.
    cache.set(Buffer.from(value).toString(), read);
    return read;
  };
}

/** Null, or what is wrong with a pattern. */
export function formatProblem(format: string): string | null {
  if (format === 'iso' || format === 'epoch-s' || format === 'epoch-ms') return null;
  const { tokens, unknown } = compile(format);
  if (unknown !== null) return `"${format}" has the letter "${unknown}", which means nothing; put plain text in 'quotes'. ${tokenHelp}`;
  for (const needed of ['y', 'M', 'd']) {
    if (!tokens.includes(needed))
      return `"${format}" has no ${needed === 'y' ? 'year (yyyy)' : needed === 'M' ? 'month (M)' : 'day (d)'}. ${tokenHelp}`;
  }
  if (tokens.includes('h') && !tokens.includes('a'))
    return `"${format}" has hours of the half day (h) but no AM/PM (a); use H for 0 to 23.`;
  return null;
}

const tokenHelp = 'Known: yyyy M d H h m s S a X, for example "d/M/yyyy HH:mm", or iso, epoch-s, epoch-ms.';

function parser(format: string): (value: string) => Parts | null {
  if (format === 'iso') return parseIso;
  if (format === 'epoch-s') return (value) => parseEpoch(value, 1);
  if (format === 'epoch-ms') return (value) => parseEpoch(value, 1000);
  const { pattern, tokens } = compile(format);
  return (value) => {
    const match = pattern.exec(value);
    if (!match) return null;
    const found: Record<string, string> = {};
    tokens.forEach((token, index) => (found[token] = match[index + 1] ?? ''));
    return partsOf(found);
  };
}

const isoPattern = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s?(Z|UTC|[+-]\d\d(?::?\d\d)?)?$/i;

function parseIso(value: string): Parts | null {
  const match = isoPattern.exec(value);
  if (!match) return null;
  const [, y, M, d, H, m, s, S, X] = match;
  return partsOf({ y, M, d, ...(H === undefined ? {} : { H }), m, s, S, X });
}

function parseEpoch(value: string, perSecond: number): Parts | null {
  if (!/^-?\d{1,17}(\.\d+)?$/.test(value)) return null;
  const at = new Date((Number(value) / perSecond) * 1000);
  return Number.isNaN(at.getTime()) ? null : parseIso(at.toISOString());
}

const groups: Record<string, string> = {
  y: String.raw`(\d{4})`,
  M: String.raw`(\d{1,2}|[A-Za-z]{3,9})`,
  d: String.raw`(\d{1,2})`,
  H: String.raw`(\d{1,2})`,
  h: String.raw`(\d{1,2})`,
  m: String.raw`(\d{1,2})`,
  s: String.raw`(\d{1,2})`,
  S: String.raw`(\d{1,9})`,
  a: String.raw`([AaPp]\.?[Mm]\.?)`,
  X: String.raw`(Z|UTC|[+-]\d\d(?::?\d\d)?)`,
};

function compile(format: string): { pattern: RegExp; tokens: string[]; unknown: string | null } {
  const tokens: string[] = [];
  let source = '';
  let unknown: string | null = null;
  for (const [part = ''] of format.matchAll(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+/g)) {
    const letter = part[0] ?? '';
    if (letter === "'") source += escaped(part.slice(1, -1));
    else if (/[A-Za-z]/.test(letter)) {
      const group = groups[letter];
      if (group === undefined) unknown ??= letter;
      tokens.push(letter);
      source += group ?? '';
    } else
      source += part
        .split(/\s+/)
        .map(escaped)
        .join(String.raw`\s+`);
  }
  return { pattern: new RegExp(`^${source}$`), tokens, unknown };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function partsOf(found: Record<string, string | undefined>): Parts | null {
  const { y, M = '', d, H, h, m, s, S, a, X } = found;
  const month = /^\d/.test(M) ? Number(M) : months.indexOf(M.slice(0, 3).toLowerCase()) + 1;
  const parts: Parts = {
    year: Number(y),
    month,
    day: Number(d),
    hour: h === undefined ? (H === undefined ? null : Number(H)) : (Number(h) % 12) + (/^p/i.test(a ?? '') ? 12 : 0),
    minute: Number(m ?? 0),
    second: Number(s ?? 0),
    fraction: S ?? '',
    offsetSeconds: offsetOf(X),
  };
  const isReal =
    month >= 1 &&
    month <= 12 &&
    parts.day >= 1 &&
    parts.day <= new Date(Date.UTC(parts.year, month, 0)).getUTCDate() &&
    (parts.hour ?? 0) <= 23 &&
    (h === undefined || (Number(h) >= 1 && Number(h) <= 12)) &&
    parts.minute <= 59 &&
    parts.second <= 59;
  return isReal ? parts : null;
}

function offsetOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(text);
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60);
}

function instantOf(parts: Parts, zone: LocalZone, endHour: number, endMinute: number): ReadTime {
  const isDateOnly = parts.hour === null;
  const local =
    Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour ?? endHour, isDateOnly ? endMinute : parts.minute, parts.second) / 1000;
  const { epochSeconds, warning } =
    parts.offsetSeconds === null ? zone.toEpochSeconds(local) : { epochSeconds: local - parts.offsetSeconds };
  const whole = new Date(epochSeconds * 1000).toISOString().slice(0, 19);
  const at = `${whole}${parts.fraction === '' ? '' : `.${parts.fraction.slice(0, 6)}`}Z`;
  return warning ? { at, warning } : { at };
}

/** Days as people of the Jalali calendar type them. The browser's own calendar decides, so that page and server know the same leap years. */

const parts = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' });
const dayMs = 86_400_000;

/** `1405/08/27` of a local date `2026-11-18`. */
export function jalaliDate(localDate: string): string {
  const { year, month, day } = partsOf(new Date(`${localDate}T00:00:00Z`));
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('/');
}

/**
 * The local date of a typed day: year, month, day, with any separators and the digits of any of the languages. A year after 1700 is
 * Gregorian, one before it Jalali. Null for what is no day.
 */
export function typedDate(text: string): string | null {
  const latin = text.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
  const match = /^\s*(\d{4})\D+(\d{1,2})\D+(\d{1,2})\s*$/.exec(latin);
  if (!match) return null;
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number);
  return year > 1_700 ? gregorian(year, month, day) : jalali(year, month, day);
}

function gregorian(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : null;
}

/** Counted from 20 March, a day before or the day of Nowruz, and then looked up around it. */
function jalali(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const daysBefore = Math.min(month - 1, 6) * 31 + Math.max(0, month - 7) * 30 + day - 1;
  const near = Date.UTC(year + 621, 2, 20) + daysBefore * dayMs;
  for (const offset of [0, 1, 2, -1]) {
    const at = new Date(near + offset * dayMs);
    const found = partsOf(at);
    if (found.year === year && found.month === month && found.day === day) return at.toISOString().slice(0, 10);
  }
  return null;
}

function partsOf(at: Date): { year: number; month: number; day: number } {
  const found = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
  return { year: Number(found.year), month: Number(found.month), day: Number(found.day) };
}

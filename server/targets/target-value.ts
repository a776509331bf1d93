import { formatter } from '#dashboards/format.js';
import { translator, type Conventions, type Locale } from '#dashboards/i18n/messages.js';
import type { Unit } from '#dashboards/metric-result.js';
import { Refusal } from '../refusal.js';

/** How the units of time are written in the languages of the page. */
const secondsByWord: Record<string, number> = Object.fromEntries(
  (
    [
      [1, 's sec secs second seconds sn saniye ثانیه վ վրկ վայրկյան'],
      [60, 'm min mins minute minutes dk dakika دقیقه ր րոպե'],
      [3_600, 'h hr hrs hour hours sa saat ساعت ժ ժամ'],
      [86_400, 'd day days g gün روز օր'],
      [604_800, 'w week weeks hf hafta هفته շաբաթ'],
    ] as const
  ).flatMap(([seconds, words]) => words.split(' ').map((word) => [word, seconds])),
);

const amount = String.raw`\d+(?:[.,]\d+)?`;
const beside: Partial<Record<Unit, RegExp>> = {
  '%': /%/g,
  pp: /pp|points?|puan|واحد درصد|տ\.?կ\.?|%/g,
  x: /×|x|kat|برابر|անգամ/g,
};
const examples: Record<Unit, number> = { s: 9_000, '%': 85, pp: -5, x: 2.5, n: 12 };
const bounds: Record<Unit, [low: number, high: number]> = {
  s: [0, 3_652 * 86_400],
  '%': [0, 100],
  pp: [-100, 100],
  x: [0, 1_000],
  n: [0, 1_000_000_000],
};

/**
 * A value as a person of the language writes it, such as `2 h 30 m`, `%85` or `۲٫۵ ساعت`, in the unit of the metric. Throws a `Refusal`
 * in that language for what cannot be read, or reached.
 */
export function readTargetValue(text: string, unit: Unit, reader: { locale: Locale } & Conventions): number {
  const say = translator(reader.locale, reader);
  const refuse = (why: 'unreadable' | 'unit' | 'ambiguous') =>
    new Refusal(say(`target.refused.${why}`, { text: text.trim(), example: exampleOf(unit, reader) }));
  const plain = inAscii(text);
  if (/(?<![\d.,])\d{1,3}([.,]\d{3})+(?![\d.,])/.test(plain)) throw refuse('ambiguous');
  const value = unit === 's' ? readDuration(plain) : readAmount(plain.replace(beside[unit] ?? /(?!)/, ' ').trim());
  if (value === 'no unit') throw refuse('unit');
  if (value === null) throw refuse('unreadable');
  checkTargetValue(value, unit, reader, text.trim());
  return value;
}

/** Throws a `Refusal` for a value that cannot be reached. */
export function checkTargetValue(value: number, unit: Unit, reader: { locale: Locale } & Conventions, text = String(value)): void {
  const [low, high] = bounds[unit];
  if (value >= low && value <= high) return;
  const { value: told } = formatter(reader.locale, reader);
  throw new Refusal(translator(reader.locale, reader)('target.refused.range', { text, low: told(low, unit), high: told(high, unit) }));
}

function readDuration(plain: string): number | 'no unit' | null {
  if (readAmount(plain) !== null) return 'no unit';
  const parts = [...plain.matchAll(new RegExp(String.raw`(${amount})\s*(\p{L}+)`, 'gu'))];
  const rest = plain.replace(new RegExp(String.raw`(${amount})\s*(\p{L}+)`, 'gu'), ' ').replace(/(?<!\p{L})(and|ve|و|և)(?!\p{L})/gu, ' ');
  if (parts.length === 0 || rest.trim() !== '') return null;
  const seconds = parts.map(([, number = '', word = '']) => (readAmount(number) ?? Number.NaN) * (secondsByWord[word] ?? Number.NaN));
  const sum = seconds.reduce((total, one) => total + one, 0);
  return Number.isNaN(sum) ? null : sum;
}

function readAmount(plain: string): number | null {
  return new RegExp(`^-?${amount}$`).test(plain) ? Number(plain.replace(',', '.')) : null;
}

/** Digits, signs and spaces of every language as ASCII has them; separators of thousands that are nothing else are left out. */
function inAscii(text: string): string {
  return text
    .replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/٫/g, '.')
    .replace(/[٬'’]/g, '')
    .replace(/٪/g, '%')
    .replace(/[−–]/g, '-')
    .replace(/[\s\u200c\u200e\u200f]+/g, ' ')
    .toLowerCase()
    .trim();
}

function exampleOf(unit: Unit, reader: { locale: Locale } & Conventions): string {
  return formatter(reader.locale, reader).value(examples[unit], unit);
}

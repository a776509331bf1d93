import { en } from '../en.js';
import { isolated } from '../isolated.js';
import { isRightToLeft, keyOf, translator, type Locale } from '../messages.js';
import { reasons, type Reason } from './en.js';
import { fa } from './fa.js';
import { hy } from './hy.js';
import { tr } from './tr.js';

const catalogs: Record<Exclude<Locale, 'en'>, Record<Reason, string>> = { tr, fa, hy };

/** The longest first: of two that fit, the one that says more is meant. */
const forms = [...reasons].sort((a, b) => plainLength(b) - plainLength(a)).map((reason) => ({ reason, ...patternOf(reason) }));

/** Why a source cannot tell something, in the reader's language; in English where no translation is known. */
export function reasonIn(locale: Locale, english: string): string {
  for (const { reason, pattern, names } of forms) {
    const found = pattern.exec(english);
    if (!found) continue;
    const values = new Map(names.map((name, index) => [name, found[index + 1] ?? '']));
    const form = locale === 'en' ? reason : catalogs[locale][reason];
    return form.replace(/\{(\w+)\}/g, (whole, name: string) => saidIn(locale, name, values.get(name) ?? whole));
  }
  return english;
}

/** A metric by its name, where a source can only say its id. */
function saidIn(locale: Locale, name: string, value: string): string {
  const key = `metric.${value}.name`;
  const said = name === 'metric' && Object.hasOwn(en, key) ? translator(locale)(keyOf(key)) : value;
  return isRightToLeft(locale) ? isolated(said) : said;
}

/** The same answer with its reasons in the reader's language. */
export function withReasonsIn<T extends { absent: { reason: string }[] }>(locale: Locale, answer: T): T {
  return { ...answer, absent: answer.absent.map((one) => ({ ...one, reason: reasonIn(locale, one.reason) })) };
}

/** Whether the reason is translated. */
export function isKnownReason(english: string): boolean {
  return forms.some(({ pattern }) => pattern.test(english));
}

function patternOf(reason: Reason): { pattern: RegExp; names: string[] } {
  const parts = reason.split(/\{(\w+)\}/);
  const escaped = parts.map((part, index) => (index % 2 === 1 ? '(.+)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return { pattern: new RegExp(`^${escaped.join('')}$`), names: parts.filter((_, index) => index % 2 === 1) };
}

function plainLength(reason: Reason): number {
  return reason.replace(/\{\w+\}/g, '').length;
}

import type { Service } from '../company.js';
import type { Language } from '../customers.js';
import type { Random } from '../random.js';
import { en } from './en.js';
import { fa } from './fa.js';
import { hy } from './hy.js';
import { tr } from './tr.js';
import type { Phrases, Purpose } from './purposes.js';

const byLanguage: Record<Language, Phrases> = { en, tr, fa, hy };

/** Notes between colleagues are in the company's own language. */
export const internalNotes = {
  handover: [
    'Handing over {order} for {name}: contract and site details are attached, the customer was told, next step is scheduling.',
    'Over to you: {name} ({city}) needs {service}. Checked the account and the address, access hours agreed. Nothing promised beyond the date on the card.',
    'Context for {order}: the first check was fine, the fault shows only under load. Customer answers fastest by mail.',
    'Passing this on. Done so far: identity checked, contract read, two questions answered. Open: the final configuration.',
  ],
  note: [
    'Called the site, nobody picked up; will try again in the afternoon.',
    'Spare part for {order} is reserved under the usual number.',
    'Looked at the logs, nothing unusual before the weekend.',
    'Checked with the supplier: delivery slot confirmed by phone only.',
    'Customer prefers mornings, see the account notes.',
  ],
  returned: [
    'Sending back: the account data is incomplete and we cannot start without it.',
    'Back to you, this one is not ours: the configuration never reached the exchange.',
    'Returning {order}: the description does not match what we find on the line.',
  ],
} as const;

export interface Filling {
  name: string;
  agent: string;
  order: string;
  city: string;
  service: Service;
  /** Epoch seconds of the date named. */
  date?: number;
}

/** A sentence for the purpose in the customer's language, its blanks filled. */
export function phrase(random: Random, language: Language, purpose: Purpose, filling: Filling): string {
  return fill(random.pick(byLanguage[language][purpose]), language, filling);
}

/** One wording of the numbered question. */
export function question(random: Random, language: Language, index: number, filling: Filling): string {
  const wordings = byLanguage[language].ask[index % questionCount] ?? [];
  return fill(random.pick(wordings), language, filling);
}
export const questionCount = en.ask.length;

export function note(random: Random, kind: keyof typeof internalNotes, filling: Filling): string {
  return fill(random.pick(internalNotes[kind]), 'en', filling);
}

function fill(template: string, language: Language, filling: Filling): string {
  return template.replace(/\{(\w+)\}/g, (_, blank: string) => {
    if (blank === 'date') return filling.date === undefined ? '' : dateText(filling.date, language);
    if (blank === 'service') return byLanguage[language].services[filling.service];
    if (blank === 'name') return filling.name;
    if (blank === 'agent') return filling.agent;
    return blank === 'order' ? filling.order : filling.city;
  });
}

const dateFormats: Record<Language, Intl.DateTimeFormat> = {
  en: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', weekday: 'long', timeZone: 'Europe/Berlin' }),
  tr: new Intl.DateTimeFormat('tr', { day: 'numeric', month: 'long', weekday: 'long', timeZone: 'Europe/Istanbul' }),
  fa: new Intl.DateTimeFormat('fa', { day: 'numeric', month: 'long', weekday: 'long', timeZone: 'Asia/Tehran' }),
  hy: new Intl.DateTimeFormat('hy', { day: 'numeric', month: 'long', weekday: 'long', timeZone: 'Asia/Yerevan' }),
};
const datesWritten = new Map<string, string>();

function dateText(at: number, language: Language): string {
  const key = `${language}${at}`;
  const known = datesWritten.get(key);
  if (known !== undefined) return known;
  const written = dateFormats[language].format(at * 1_000);
  datesWritten.set(key, written);
  return written;
}

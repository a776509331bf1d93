import { IntlMessageFormat } from 'intl-messageformat';
import { intlLocale, type Conventions, type Locale, type MessageValues } from '#dashboards/i18n/messages.js';
import { en } from './en.js';
import { fa } from './fa.js';
import { hy } from './hy.js';
import { tr } from './tr.js';
import type { AlertTexts } from './catalog.js';

export type SayAlert = (key: keyof AlertTexts, values?: MessageValues) => string;

const catalogs: Record<Locale, AlertTexts> = { en, tr, fa, hy };

/** Says what alerts say; names of metrics and values come from the catalogs of the dashboards. */
export function alertTexts(locale: Locale, conventions: Conventions = {}): SayAlert {
  const tag = intlLocale(locale, conventions);
  return (key, values = {}) => String(new IntlMessageFormat(catalogs[locale][key], tag, undefined, { ignoreTag: true }).format(values));
}

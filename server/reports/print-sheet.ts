import type { Locale } from '#dashboards/i18n/messages.js';
import { dayBefore } from '#dashboards/format.js';
import { Temporal } from 'temporal-polyfill';
import type { Window } from '../metrics/periods.js';
import type { Brand } from './brand.js';
import type { PrintSheet } from './report-document.js';
import type { ReportSpec } from '../api.js';

const fonts: Record<Locale, string[]> = {
  en: ['Noto Sans', 'Vazirmatn', 'Noto Sans Armenian'],
  tr: ['Noto Sans', 'Vazirmatn', 'Noto Sans Armenian'],
  fa: ['Vazirmatn', 'Noto Sans', 'Noto Sans Armenian'],
  hy: ['Noto Sans Armenian', 'Noto Sans', 'Vazirmatn'],
};

/** What only paper needs. `asOf`: the data's own time, ISO. */
export function printSheet({ paper, locale, digits }: ReportSpec, window: Window, asOf: string | null, logo: Brand['logo']): PrintSheet {
  const { year, month, day } =
    asOf === null ? Temporal.PlainDate.from(dayBefore(window.to)) : Temporal.Instant.from(asOf).toZonedDateTimeISO(window.zone);
  return {
    paper,
    fonts: fonts[locale],
    createdOn: { year, month, day },
    pageNumbering: locale === 'fa' && digits !== 'latn' ? '۱ / ۱' : '1 / 1',
    logo: logo && logoName(logo),
  };
}

/** The name by which the template calls the logo. */
export function logoName({ kind }: NonNullable<Brand['logo']>): string {
  return `logo.${kind}`;
}

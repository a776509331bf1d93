import { intlLocale, isRightToLeft, translator, type Locale } from '#dashboards/i18n/messages.js';
import type { MadeReport } from '../reports/made-report.js';
import type { MailAddress, MailMessage } from '../mail/message.js';

/** What is said around a summary in a message. */
export interface Wrapping {
  to: MailAddress;
  locale: Locale;
  /** Said before it. */
  notes: string[];
  /** Said after it. */
  closing: string[];
  unsubscribe: string | null;
  subject?: string;
}

/** A summary as a message to one person: what is special about this sending before it, why it came after it. */
export function wrapReport(made: MadeReport, { to, locale, notes, closing, unsubscribe, subject }: Wrapping): MailMessage {
  const say = translator(locale);
  const direction = isRightToLeft(locale) ? 'rtl' : 'ltr';
  const link = unsubscribe === null ? '' : ` <a href="${escaped(unsubscribe)}">${escaped(say('delivery.unsubscribe'))}</a>`;
  const before = notes.map((note) => paragraph(direction, `<strong>${escaped(note)}</strong>`)).join('');
  const after = paragraph(direction, `${closing.map(escaped).join('<br>')}${link}`);
  return {
    to,
    subject: subject ?? made.subject,
    text: [...notes, made.text, ...closing, ...(unsubscribe === null ? [] : [`${say('delivery.unsubscribe')}: ${unsubscribe}`])].join(
      '\n\n',
    ),
    html: insert(made.html, before, after),
    attachments: [{ fileName: made.fileName, contentType: 'application/pdf', bytes: made.pdf }],
    ...(unsubscribe !== null && { listUnsubscribe: unsubscribe }),
  };
}

/** A message of text alone. */
export function plainMessage(to: MailAddress, locale: Locale, subject: string, lines: string[]): MailMessage {
  const direction = isRightToLeft(locale) ? 'rtl' : 'ltr';
  return {
    to,
    subject,
    text: lines.join('\n\n'),
    html: `<!doctype html><html lang="${locale}" dir="${direction}"><body>${lines.map((line) => paragraph(direction, escaped(line))).join('')}</body></html>`,
    attachments: [],
  };
}

/** A day and time as readers of the language write them, with the zone. */
export function saidTime(locale: Locale, zone: string, at: Date): string {
  const day = new Intl.DateTimeFormat(intlLocale(locale), { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });
  return `${day.format(at)} (${zone})`;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function paragraph(direction: string, inner: string): string {
  return `<p dir="${direction}" style="margin:8px;font-family:'Segoe UI',Tahoma,Arial,sans-serif;font-size:13px;">${inner}</p>`;
}

function insert(html: string, before: string, after: string): string {
  const opened = html.replace(/<body\b[^>]*>/i, (tag) => tag + before);
  const whole = opened.replace(/<\/body>/i, () => `${after}</body>`);
  if (opened === html && before !== '') throw new Error('The summary has no body to put a note into; it is not sent.');
  if (whole === opened) throw new Error('The summary has no end to put the link of unsubscribing at; it is not sent.');
  return whole;
}

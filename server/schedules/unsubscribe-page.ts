import { isRightToLeft, locales, translator, type Locale } from '#dashboards/i18n/messages.js';
import type { Subscription } from './unsubscribe.js';
import { escaped } from './wrap.js';

/** The page behind a link of unsubscribing: a form of one button, or what came of it. Without script and style sheet. */
export function unsubscribePage(subscription: Subscription | null): string {
  if (!subscription) return page('en', locales.map((locale) => paragraph(translator(locale)('unsubscribe.unknown'), locale)).join(''));
  const { schedule, address, locale, isOver } = subscription;
  const say = translator(locale);
  if (isOver) return page(locale, paragraph(say('unsubscribe.done', { address, schedule }), locale));
  const button = `<form method="post"><button style="font:inherit;padding:.6rem 1.2rem">${escaped(say('unsubscribe.do'))}</button></form>`;
  return page(locale, paragraph(say('unsubscribe.ask', { address, schedule }), locale) + button);
}

function page(locale: Locale, inner: string): string {
  return (
    `<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">` +
    `<meta name="robots" content="noindex"><title>${escaped(translator(locale)('unsubscribe.title'))}</title></head>` +
    `<body><main style="max-width:36rem;margin:3rem auto;padding:0 1rem;font-family:sans-serif;line-height:1.5">` +
    `<h1>${escaped(translator(locale)('unsubscribe.title'))}</h1>${inner}</main></body></html>`
  );
}

function paragraph(text: string, locale: Locale): string {
  return `<p lang="${locale}" dir="${directionOf(locale)}">${escaped(text)}</p>`;
}

function directionOf(locale: Locale): 'rtl' | 'ltr' {
  return isRightToLeft(locale) ? 'rtl' : 'ltr';
}

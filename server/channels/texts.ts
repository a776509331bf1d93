import { IntlMessageFormat } from 'intl-messageformat';
import { intlLocale, type Locale, type MessageValues } from '#dashboards/i18n/messages.js';

const en = {
  digest: '{count, plural, one {# alert} other {# alerts}} of the day',
  test: 'Test: {title}',
  testLine: 'This is a test that somebody asked for; nothing has happened.',
  testTitle: 'This channel works',
  failing: 'The channel “{channel}” does not get through',
  failingLine: 'What was sent to {destination} did not arrive: {error}',
  failingMissed: 'This is what it should have told',
};

type ChannelTexts = Record<keyof typeof en, string>;

const tr: ChannelTexts = {
  digest: 'Günün {count} uyarısı',
  test: 'Deneme: {title}',
  testLine: 'Bu, istenen bir denemedir; bir şey olmadı.',
  testTitle: 'Bu kanal çalışıyor',
  failing: '“{channel}” kanalına ulaşılamıyor',
  failingLine: '{destination} adresine gönderilen ulaşmadı: {error}',
  failingMissed: 'Bu kanalın bildirmesi gerekenler',
};

const fa: ChannelTexts = {
  digest: '{count, number} هشدار امروز',
  test: 'آزمایش: {title}',
  testLine: 'این آزمایشی است که کسی خواسته است؛ چیزی پیش نیامده.',
  testTitle: 'این کانال کار می‌کند',
  failing: 'کانال «{channel}» پیام‌ها را نمی‌رساند',
  failingLine: 'آنچه به {destination} فرستاده شد نرسید: {error}',
  failingMissed: 'آنچه باید خبر می‌داد',
};

const hy: ChannelTexts = {
  digest: 'Օրվա {count} ահազանգ',
  test: 'Փորձ. {title}',
  testLine: 'Սա փորձ է, որ ինչ-որ մեկը խնդրել է. ոչինչ չի պատահել։',
  testTitle: 'Այս կապուղին աշխատում է',
  failing: '«{channel}» կապուղով հաղորդագրությունները չեն հասնում',
  failingLine: '{destination} ուղարկվածը չհասավ. {error}',
  failingMissed: 'Ահա թե ինչ պիտի հայտներ',
};

const catalogs: Record<Locale, ChannelTexts> = { en, tr, fa, hy };

/** What messages say of channels themselves. */
export function channelTexts(locale: Locale): (key: keyof ChannelTexts, values?: MessageValues) => string {
  return (key, values = {}) =>
    String(new IntlMessageFormat(catalogs[locale][key], intlLocale(locale), undefined, { ignoreTag: true }).format(values));
}

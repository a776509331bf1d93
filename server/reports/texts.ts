import { IntlMessageFormat } from 'intl-messageformat';
import { intlLocale, type Locale } from '#dashboards/i18n/messages.js';

const en = {
  title: 'Service summary',
  dataTo: '{connection}: data to {at}',
  noData: '{connection}: no complete sync yet',
  sample: 'These are the numbers of the made-up sample company, not of your own.',
  headlines: 'The answer first',
  changes: 'What changed since the period before, {from} – {to}',
  noChanges: 'There is nothing to compare with.',
  noneBeyond: 'No measure moved more than it usually does.',
  unchanged: 'Of {count} more measures the change is within chance, or too little is known to tell.',
  others: '{count} more charts are on the page.',
  measure: 'Measure',
  now: 'Now',
  change: 'Change',
  signal: 'More than chance: the 95 % intervals of the two periods lie apart.',
  noise: 'Within chance: the 95 % intervals of the two periods overlap.',
  unclear: 'Too little to tell a change from chance.',
  definitions: 'What the numbers mean',
  absent: 'What could not be measured, and why',
};

type ReportTexts = Record<keyof typeof en, string>;

const tr: ReportTexts = {
  title: 'Hizmet özeti',
  dataTo: '{connection}: veriler {at} itibarıyla',
  noData: '{connection}: henüz tamamlanmış bir eşitleme yok',
  sample: 'Bu sayılar sizin değil, uydurma örnek şirketin sayılarıdır.',
  headlines: 'Önce yanıt',
  changes: 'Önceki döneme göre ne değişti: {from} – {to}',
  noChanges: 'Karşılaştırılacak bir şey yok.',
  noneBeyond: 'Hiçbir ölçüt olağandan fazla oynamadı.',
  unchanged: 'Başka {count} ölçütte değişim rastlantı sınırları içinde ya da söylemeye yetecek bilgi yok.',
  others: '{count} grafik daha sayfada.',
  measure: 'Ölçüt',
  now: 'Şimdi',
  change: 'Değişim',
  signal: 'Rastlantıdan fazlası: iki dönemin %95 aralıkları birbirinden ayrı.',
  noise: 'Rastlantı sınırları içinde: iki dönemin %95 aralıkları örtüşüyor.',
  unclear: 'Değişimi rastlantıdan ayırmaya yetecek kadar veri yok.',
  definitions: 'Sayılar ne anlama geliyor',
  absent: 'Ne ölçülemedi ve neden',
};

const fa: ReportTexts = {
  title: 'خلاصهٔ خدمت‌رسانی',
  dataTo: '{connection}: داده‌ها تا {at}',
  noData: '{connection}: هنوز هیچ همگام‌سازی کاملی انجام نشده است',
  sample: 'این اعداد از شرکت نمونهٔ ساختگی است، نه از شرکت شما.',
  headlines: 'نخست پاسخ',
  changes: 'چه چیزی نسبت به دورهٔ پیش، {from} تا {to}، تغییر کرده است',
  noChanges: 'چیزی برای مقایسه نیست.',
  noneBeyond: 'هیچ سنجه‌ای بیش از معمول تغییر نکرد.',
  unchanged: 'در {count} سنجهٔ دیگر تغییر در حد تصادف است، یا داده برای گفتن کافی نیست.',
  others: '{count} نمودار دیگر در صفحه.',
  measure: 'سنجه',
  now: 'اکنون',
  change: 'تغییر',
  signal: 'بیش از تصادف: بازه‌های ۹۵ درصدی دو دوره از هم جدا هستند.',
  noise: 'در حد تصادف: بازه‌های ۹۵ درصدی دو دوره همپوشانی دارند.',
  unclear: 'داده برای تشخیص تغییر از تصادف کافی نیست.',
  definitions: 'این اعداد چه معنایی دارند',
  absent: 'چه چیزی سنجیدنی نبود و چرا',
};

const hy: ReportTexts = {
  title: 'Սպասարկման ամփոփում',
  dataTo: '{connection}. տվյալները մինչև {at}',
  noData: '{connection}. դեռ ավարտված համաժամեցում չկա',
  sample: 'Սրանք հորինված օրինակելի ընկերության թվերն են, ոչ թե ձերը։',
  headlines: 'Նախ՝ պատասխանը',
  changes: 'Ինչ է փոխվել {from} – {to} համեմատ',
  noChanges: 'Համեմատելու բան չկա։',
  noneBeyond: 'Ոչ մի չափանիշ սովորականից ավելի չփոխվեց։',
  unchanged: 'Եվս {count} չափանիշի փոփոխությունը պատահականության սահմաններում է, կամ տվյալները քիչ են ասելու համար։',
  others: 'Եվս {count} գծապատկեր կա էջում։',
  measure: 'Չափանիշ',
  now: 'Հիմա',
  change: 'Փոփոխություն',
  signal: 'Ավելին, քան պատահականություն. երկու ժամանակահատվածների 95 % միջակայքերը չեն հատվում։',
  noise: 'Պատահականության սահմաններում. երկու ժամանակահատվածների 95 % միջակայքերը հատվում են։',
  unclear: 'Տվյալները քիչ են փոփոխությունը պատահականությունից տարբերելու համար։',
  definitions: 'Ինչ են նշանակում թվերը',
  absent: 'Ինչը չհաջողվեց չափել և ինչու',
};

const catalogs: Record<Locale, ReportTexts> = { en, tr, fa, hy };

/** Says what only the printed summary says; everything else comes from the catalogs of the dashboards. */
export function reportTexts(locale: Locale): (key: keyof ReportTexts, values?: Record<string, string>) => string {
  return (key, values = {}) =>
    String(new IntlMessageFormat(catalogs[locale][key], intlLocale(locale), undefined, { ignoreTag: true }).format(values));
}

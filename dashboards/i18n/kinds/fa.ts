import type { kinds as english } from './en.js';

export const kinds: Record<keyof typeof english, string> = {
  'axis.size': 'تعداد شمرده‌شده',
  'axis.forecast': 'میانگین پیش‌بینی',
  'axis.observed': 'رخ داد',
  'axis.age': 'زمان گذشته از گفتن',
  'age.later': 'دیرتر',
  'head.class': 'پیش‌بینی',

  'legend.inside': 'درون حدها',
  'legend.middle-half': 'نیمهٔ میانی',
  'legend.meant': 'همان است که می‌گوید',
  'legend.misses': 'بیش یا کم می‌گوید',
  'legend.left-standing': 'هنوز در جریان، از این پس نامعلوم',
  'legend.wait': 'نیمی منتظر می‌مانند',

  'wait.any': 'هر مدت',
  'wait.below': 'کمتر از {to}',
  'wait.between': '{from} تا {to}',
  'wait.from': '{from} و بیشتر',
  'wait.unknown': 'کمتر از آن که بتوان گفت',

  'text.reliability': 'پیش‌بینی {forecast}، رخ داد {observed}',
  'text.association': '{bucket}: {level} به‌موقع با بار {load}',
  'text.funnel': 'آنچه تصادف توضیح می‌دهد: {lower} … {upper} (۹۵٪)',
  'text.survival': 'پس از {age}، {value} هنوز پابرجاست',

  'summary.funnel.none': 'همهٔ {count, number} گروه درون حدی هستند که تنها با تصادف توضیح‌پذیر است؛ کل {whole} است.',
  'summary.funnel.some': '{outside, number} از {count, number} گروه بیرون از حدی هستند که تصادف توضیح می‌دهد: {names}. کل {whole} است.',
  'summary.stack': '{name} در {bucket}، آخرین {grain} کامل: بزرگ‌ترین سهم‌ها «{first}» ({firstValue}) و «{second}» ({secondValue}).',
  'summary.reliability.none': 'در همهٔ {count, number} دسته پیش‌بینی‌ها همان است که می‌گویند.',
  'summary.reliability.some':
    '{outside, number} از {count, number} دسته بیش یا کم می‌گویند، بیش از همه آنجا که {forecast} پیش‌بینی شد و {observed} رخ داد.',
  'summary.survival': 'پس از {age}، {value} هنوز پابرجاست؛ پس از {lastAge}، {lastValue}.',
  'summary.survival.one': 'پس از {age}، {value} هنوز پابرجاست.',
  'summary.association': 'با هر مورد باز بیشتر برای هر مسئول، به‌موقع بودن {slope} ({lo} … {hi}). این یک همبستگی است، نه علت.',
  'summary.association.none': 'شیبی نمی‌توان گفت: کمتر از هشت هفتهٔ کامل.',
  'summary.ranking.amount': 'بیشترین: {slowSegment}، {slow} ({slowCount})؛ کمترین: {quickSegment}، {quick} ({quickCount}).',
};

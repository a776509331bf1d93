import type { kinds as english } from './en.js';

export const kinds: Record<keyof typeof english, string> = {
  'axis.size': 'تعداد شمرده‌شده',
  'axis.forecast': 'میانگین پیش‌بینی',
  'axis.observed': 'رخ داد',
  'axis.age': 'زمان گذشته از اعلام تاریخ',
  'age.later': 'بعد از آن',
  'head.class': 'پیش‌بینی',

  'legend.inside': 'درون حدود',
  'legend.middle-half': 'نیمهٔ میانی',
  'legend.meant': 'همان است که می‌گوید',
  'legend.misses': 'بیشتر یا کمتر از واقع می‌گوید',
  'legend.left-standing': 'هنوز در جریان، ادامه‌اش نامعلوم',
  'legend.wait': 'زمانی که نیمی منتظر می‌مانند',

  'wait.any': 'هر مدت',
  'wait.below': 'کمتر از {to}',
  'wait.between': '{from} تا {to}',
  'wait.from': '{from} و بیشتر',
  'wait.unknown': 'موارد برای اظهارنظر کم است',

  'text.reliability': 'پیش‌بینی {forecast}، واقعیت {observed}',
  'text.association': '{bucket}: {level} به‌موقع با بار کاری {load}',
  'text.funnel': 'تنها بر اثر تصادف، ۹۵ بار از ۱۰۰ بار بین {lower} و {upper}',
  'text.survival': 'پس از {age}، {value} هنوز پابرجاست',

  'summary.funnel.none': 'همهٔ {count, number} گروه درون حدودی هستند که نوسان تصادفی به‌تنهایی توضیح می‌دهد؛ کل {whole} است.',
  'summary.funnel.some':
    '{outside, number} از {count, number} گروه خارج از حدودی است که نوسان تصادفی توضیح می‌دهد: {names}. کل {whole} است.',
  'summary.stack': '{name} در {latest} ({bucket}): بزرگ‌ترین سهم‌ها «{first}» ({firstValue}) و «{second}» ({secondValue}).',
  'summary.reliability.none': 'در همهٔ {count, number} دسته، پیش‌بینی‌ها همان است که می‌گویند.',
  'summary.reliability.some':
    '{outside, number} از {count, number} دسته بیشتر یا کمتر از واقع می‌گوید، بیش از همه آنجا که {forecast} پیش‌بینی شد و {observed} رخ داد.',
  'summary.survival': 'پس از {age}، {value} هنوز پابرجاست؛ پس از {lastAge}، {lastValue}.',
  'summary.survival.one': 'پس از {age}، {value} هنوز پابرجاست.',
  'summary.association': 'به ازای هر مورد باز بیشتر برای هر مسئول، به‌موقع بودن {slope} ({lo} … {hi}). این یک همبستگی است، نه علت.',
  'summary.association.none': 'شیب قابل محاسبه نیست: کمتر از هشت هفتهٔ کامل.',
  'summary.ranking.amount': 'بیشترین: {slowSegment}، {slow} ({slowCount})؛ کمترین: {quickSegment}، {quick} ({quickCount}).',
};

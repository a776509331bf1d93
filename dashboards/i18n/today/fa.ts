import type { today as en } from './en.js';

export const today: Record<keyof typeof en, string> = {
  'today.week.outside': '{name}: در آن هفته {value} ({count})، بیرون از محدودهٔ معمول {lower} تا {upper}: نشانه است.',
  'today.week.run':
    '{name}: در آن هفته {value} ({count})؛ هشت هفته یا بیشتر است که {side, select, above {بالاتر} other {پایین‌تر}} از مقدار معمول {mean} مانده: نشانه است.',
  'today.week.jump': '{name}: در آن هفته {value} ({count})، هفتهٔ پیش از آن {before}؛ تغییری بیش از معمول: نشانه است.',
  'today.week.usual': '{name}: در آن هفته {value} ({count})، درون محدودهٔ معمول {lower} تا {upper}: نوسان عادی.',
  'today.week.others': '{n, plural, one {یک عدد دیگر} other {# عدد دیگر}} آن هفته در محدودهٔ معمول ماند: نوسان عادی.',
  'today.week.all': '{n, plural, one {تنها عدد} other {هر # عدد}} آن هفته در محدودهٔ معمول ماند: نوسان عادی.',

  'today.period.worse': '{name} بدتر شد: {now} ({count})، در دورهٔ پیش {before} ({beforeCount}): نشانه است.',
  'today.period.better': '{name} بهتر شد: {now} ({count})، در دورهٔ پیش {before} ({beforeCount}): نشانه است.',
  'today.period.different': '{name} تغییر کرد: {now} ({count})، در دورهٔ پیش {before} ({beforeCount}): نشانه است.',
  'today.period.others': '{n, plural, one {یک عدد دیگر} other {# عدد دیگر}} بیش از تصادف تغییر نکرد: نوسان عادی.',
  'today.period.all': '{n, plural, one {تنها عدد} other {هیچ‌یک از # عدد}} بیش از تصادف تغییر نکرد: نوسان عادی.',
  'today.carried': '{share} آن از {segment} است.',
  'today.carried-by-two': '{share} آن از {segment} و {otherShare} از {other} است.',

  'today.past.history':
    '{name}: گذشته اکنون جور دیگری گزارش می‌شود و {n, plural, one {یک هفتهٔ گذشته} other {# هفتهٔ گذشته}} چیز دیگری می‌گوید؛ آخرینشان، هفتهٔ {week}، {after} می‌گوید نه {before}.',
  'today.past.later':
    '{name}: با آنچه پس از آن رخ داد، {n, plural, one {یک هفتهٔ گذشته} other {# هفتهٔ گذشته}} چیز دیگری می‌گوید؛ آخرینشان، هفتهٔ {week}، {after} می‌گوید نه {before}.',

  'today.verdict.both':
    'فراتر از تصادف، {worse, plural, one {یک عدد} other {# عدد}} بدتر و {better, plural, one {یک عدد} other {# عدد}} بهتر شد.',
  'today.verdict.worse': 'فراتر از تصادف، {worse, plural, one {یک عدد} other {# عدد}} بدتر شد.',
  'today.verdict.better': 'فراتر از تصادف، {better, plural, one {یک عدد} other {# عدد}} بهتر شد و هیچ عددی بدتر نشد.',
  'today.verdict.calm': 'هیچ عددی فراتر از تصادف تغییر نکرد.',
  'today.verdict.untold': '{n, plural, one {یک مورد} other {# مورد}} دیر شده یا بی‌خبر مانده و به مشتری چیزی گفته نشده است.',
  'today.verdict.all-told': 'به هر مشتری که کارش دیر شده یا بی‌خبر مانده، خبر داده شده است.',
};

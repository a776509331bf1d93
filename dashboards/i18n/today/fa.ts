import type { today as en } from './en.js';

export const today: Record<keyof typeof en, string> = {
  'today.week.outside': '{name}: در آن هفته {value} ({count})، بیرون از محدودهٔ معمول {lower} تا {upper}: سیگنال.',
  'today.week.run':
    '{name}: در آن هفته {value} ({count})؛ هشت هفته یا بیشتر است که {side, select, above {بالاتر} other {پایین‌تر}} از مقدار معمول {mean} مانده است: سیگنال.',
  'today.week.jump': '{name}: در آن هفته {value} ({count})، هفتهٔ پیش از آن {before}؛ تغییری بیش از معمول: سیگنال.',
  'today.week.usual': '{name}: در آن هفته {value} ({count})، در محدودهٔ معمول {lower} تا {upper}: نوسان عادی.',
  'today.week.others': '{n, plural, =1 {یک عدد دیگر} other {# عدد دیگر}} آن هفته در محدودهٔ معمول ماند: نوسان عادی.',
  'today.week.all': '{n, plural, =1 {تنها عدد} other {هر # عدد}} آن هفته در محدودهٔ معمول ماند: نوسان عادی.',

  'today.period.worse': '«{name}» بدتر شد: {now} ({count})، در دورهٔ پیش {before} ({beforeCount}): سیگنال.',
  'today.period.better': '«{name}» بهتر شد: {now} ({count})، در دورهٔ پیش {before} ({beforeCount}): سیگنال.',
  'today.period.different': '«{name}» تغییر کرد: {now} ({count})، در دورهٔ پیش {before} ({beforeCount}): سیگنال.',
  'today.period.others': '{n, plural, =1 {یک عدد دیگر} other {# عدد دیگر}} بیش از حد تصادفی تغییر نکرد: نوسان عادی.',
  'today.period.all': '{n, plural, =1 {تنها عدد} other {هیچ‌یک از # عدد}} بیش از حد تصادفی تغییر نکرد: نوسان عادی.',
  'today.carried': '{share} آن به «\u2068{segment}\u2069» برمی‌گردد.',
  'today.carried-beyond': 'همهٔ آن و بیش از آن به «\u2068{segment}\u2069» برمی‌گردد؛ جاهای دیگر در جهت عکس تغییر کرده‌اند.',
  'today.carried-by-two': '{share} آن به «\u2068{segment}\u2069» و {otherShare} به «\u2068{other}\u2069» برمی‌گردد.',

  'today.past.history':
    '{name}: گذشته اکنون جور دیگری گزارش می‌شود و عدد {n, plural, =1 {یک هفتهٔ گذشته} other {# هفتهٔ گذشته}} تغییر کرده است؛ آخرینشان هفتهٔ {week}: {after}، نه {before}.',
  'today.past.later':
    '{name}: با آنچه پس از آن رخ داد، عدد {n, plural, =1 {یک هفتهٔ گذشته} other {# هفتهٔ گذشته}} تغییر کرده است؛ آخرینشان هفتهٔ {week}: {after}، نه {before}.',

  'today.verdict.both':
    'فراتر از نوسان تصادفی، {worse, plural, =1 {یک عدد} other {# عدد}} بدتر و {better, plural, =1 {یک عدد} other {# عدد}} بهتر شد.',
  'today.verdict.worse': 'فراتر از نوسان تصادفی، {worse, plural, =1 {یک عدد} other {# عدد}} بدتر شد.',
  'today.verdict.better': 'فراتر از نوسان تصادفی، {better, plural, =1 {یک عدد} other {# عدد}} بهتر شد و هیچ عددی بدتر نشد.',
  'today.verdict.calm': 'هیچ عددی فراتر از نوسان تصادفی تغییر نکرد.',
  'today.verdict.untold': '{n, plural, =1 {یک مورد} other {# مورد}} دیر شده یا بی‌خبر مانده و به مشتری چیزی گفته نشده است.',
  'today.verdict.all-told': 'به هر مشتری که کارش دیر شده یا بی‌خبر مانده، خبر داده شده است.',
};

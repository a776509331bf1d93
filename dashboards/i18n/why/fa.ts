export const why = {
  'why.change.signal': '{name}: پیش‌تر {before}، اکنون {after} ({difference}). این بیش از تصادف است.',
  'why.change.noise': '{name}: پیش‌تر {before}، اکنون {after} ({difference}). این در محدودهٔ نوسان معمول است.',
  'why.change.unclear': '{name}: پیش‌تر {before}، اکنون {after} ({difference}). نمی‌توان گفت بیش از تصادف است یا نه.',
  'why.same': '{name} در هر دو دوره {after} است.',
  'why.withheld': 'در یکی از دو دوره آن‌قدر مورد نیست که عددی گفته شود؛ پس تغییری هم برای توضیح نیست.',
  'why.cause.segments':
    'به این نگاه کنید: {dimension}. {segments} {count, plural, one {آن را پدید آورده است} other {آن را پدید آورده‌اند}}.',
  'why.cause.segment': '{segment} ({share} تغییر)',
  'why.cause.chance': 'هیچ‌کس برجسته نیست: به هر تفکیکی، هیچ گروهی بیش از تصادف جابه‌جا نشده است.',
  'why.cause.chance-here': 'به تفکیک {dimension} هیچ گروهی بیش از تصادف جابه‌جا نشده است.',
  'why.cause.whole': 'تفکیک‌پذیر نیست: دو گروه برای سنجیدن وجود ندارد.',
  'why.split.mix': 'گروه‌ها بزرگ‌تر یا کوچک‌تر شدند: {mix}',
  'why.split.rate': 'خود گروه‌ها تغییر کردند: {rate}',
  'why.others': '{count, plural, one {یک گروه کوچک‌تر} other {# گروه کوچک‌تر}}',
  'why.not-there': 'نبود',
  'why.dimension.pair': 'جفت تیم‌ها',
};

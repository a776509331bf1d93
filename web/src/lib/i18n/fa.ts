import type { Catalog } from './catalog';
import { access } from './access/fa';
import { identity } from './identity/fa';
import { alerts } from './alerts/fa';
import { choice } from './choice/fa';
import { connections } from './connections/fa';
import { points } from './points/fa';
import { quality } from './quality/fa';
import { handled } from './handled/fa';
import { today } from './today/fa';
import { nextStep } from './next-step/fa';
import { notes } from './notes/fa';
import { schedules } from './schedules/fa';
import { sql } from './sql/fa';
import { why } from './why/fa';
import { palette } from './palette/fa';
import { views } from './views/fa';
import { records } from './records/fa';
import { reports } from './reports/fa';
import { targets } from './targets/fa';
import { beliefs } from './beliefs/fa';
import { download } from './download/fa';
import { myBoards } from './my-boards/fa';
import { wall } from './wall/fa';
import { exports } from './exports/fa';
import { privacy } from './privacy/fa';
import { workbench } from './workbench/fa';
import { rooms } from './rooms/fa';
import { audit } from './audit/fa';
import { apiDocs } from './api-docs/fa';

export const fa: Catalog = {
  'app.name': 'Throughline',
  'app.skip': 'رفتن به محتوا',
  'nav.label': 'اصلی',
  'nav.home': 'امروز',
  'nav.data': 'داده',

  'setting.language': 'زبان',
  'setting.theme': 'رنگ‌ها',
  'theme.system': 'مانند سیستم',
  'theme.light': 'روشن',
  'theme.dark': 'تیره',

  'sample.notice': 'این یک شرکت ساختگی است تا بتوانید همه جا را ببینید.',
  'sample.remove': 'حذف دادهٔ نمونه',
  'sample.removing': 'در حال حذف…',

  'unit.days': '{n, number} روز',
  'unit.hours': '{n, number} ساعت',
  'unit.minutes': '{n, number} دقیقه',
  'unit.seconds': '{n, number} ثانیه',
  'ago.now': 'همین حالا',
  'ago.minutes': '{n, plural, other {# دقیقه پیش}}',
  'ago.hours': '{n, plural, other {# ساعت پیش}}',
  'ago.days': '{n, plural, other {# روز پیش}}',

  'fresh.to': 'داده تا {at}',
  'fresh.read': '{connection}: {ago} خوانده شد',
  'fresh.never': '{connection}: هنوز خوانده نشده است',
  'fresh.zone': 'منطقهٔ زمانی: {zone}',
  'fresh.deriving': 'دادهٔ تازه در حال پردازش است؛ این اعداد مربوط به پیش از آن است.',

  'home.title': 'آنچه مشتریان حس کردند',
  'home.lead': '{from} تا {to}، در مقایسه با دورهٔ هم‌اندازهٔ پیش از آن.',
  'home.open': 'باز کردن تابلو',

  'unknown.notice': 'در این نشانی ناشناخته است و کنار گذاشته شد: {names}.',

  'filter.period': 'دوره',
  'filter.grain': 'گام',
  'filter.by': 'به تفکیک',
  'filter.by.none': 'هیچ‌کدام',
  'filter.filters': 'فیلترها',
  'filter.clear': 'پاک کردن همهٔ فیلترها',
  'filter.all': 'همه',
  'filter.chosen': '{n, plural, other {# مورد انتخاب شده}}',
  'filter.search': 'جست‌وجو: {dimension}',
  'filter.none-found': 'چیزی یافت نشد.',
  'filter.more': '{n, plural, other {# مورد دیگر؛ برای یافتن جست‌وجو کنید}}',
  'filter.from': 'از',
  'filter.until': 'تا پایان',
  'filter.apply': 'اعمال',
  'filter.nobody': '(بدون مقدار)',

  'period.default': 'پیش‌فرض',
  'period.4-weeks': '۴ هفتهٔ گذشته',
  'period.13-weeks': '۱۳ هفتهٔ گذشته',
  'period.26-weeks': '۲۶ هفتهٔ گذشته',
  'period.52-weeks': '۵۲ هفتهٔ گذشته',

  'grain.day': 'روز',
  'grain.week': 'هفته',
  'grain.month': 'ماه',

  'dimension.team': 'تیم',
  'dimension.type': 'نوع',
  'dimension.service': 'خدمت',
  'dimension.channel': 'کانال',
  'dimension.priority': 'اولویت',
  'dimension.customer': 'مشتری',
  'dimension.group': 'گروه مشتری',
  'dimension.connection': 'اتصال',
  'dimension.language': 'زبان',

  'chart.table': 'نمایش جدول',
  'chart.picture': 'نمایش نمودار',
  'chart.explain': '{name} چیست؟',
  'chart.keys': 'کلیدهای جهت میان نشانه‌ها جابه‌جا می‌کنند؛ Enter موارد پشت هر نشانه را باز می‌کند.',
  'chart.open': '{text}. باز کردن موارد.',
  'chart.failed': 'نمودار رسم نشد: {reason}',
  'chart.table.caption': '{title}، به‌صورت جدول',
  'chart.partly': 'غیرقابل اندازه‌گیری برای {connections}',
  'chart.close': 'بستن',

  'tone.better': 'بهتر',
  'tone.worse': 'بدتر',
  'tone.same': 'بی‌تغییر',
  'tone.unclear': 'بدون تغییر مشخص',

  'state.loading': 'در حال بارگذاری…',
  'state.empty.title': 'هنوز داده‌ای نیست',
  'state.empty.text': 'یک فایل بخوانید یا ابزاری را متصل کنید تا این صفحه پر شود.',
  'state.empty.how': 'یک لاگ رویداد را از خط فرمان وارد کنید:',
  'state.filtered': 'در این دوره چیزی با این فیلترها مطابقت ندارد.',
  'state.failed': 'بارگذاری نشد.',
  'state.error-id': 'شمارهٔ خطا: {id}؛ با آن در لاگ پیدا می‌شود',
  'state.retry': 'تلاش دوباره',
  'state.offline': 'سرور پاسخ نمی‌دهد. آیا در حال اجراست؟',
  'state.not-found': 'چنین صفحه‌ای نیست.',
  'state.back-home': 'رفتن به امروز',

  'items.title': 'پشت این نشانه',
  'items.count.items': '{n, plural, other {# مورد}}',
  'items.count.handoffs': '{n, plural, other {# ارجاع}}',
  'items.count.promises': '{n, plural, other {# قول}}',
  'items.count.resolutions': '{n, plural, other {# حل}}',
  'items.count.messages': '{n, plural, other {# پیام}}',
  'items.count.ratings': '{n, plural, other {# امتیاز}}',
  'items.count.answers': '{n, plural, other {# پاسخ}}',
  'items.count.journeys': '{n, plural, other {# سفر}}',
  'items.back': 'بازگشت به {board}',
  'items.range': '{from} تا {to} از {total}',
  'items.previous': 'قبلی',
  'items.next': 'بعدی',
  'items.pages': 'صفحه‌ها',
  'items.yes': 'بله',
  'items.no': 'نه',
  'items.whole': 'کل دوره',
  'items.none': 'پشت این نشانه چیزی نیست.',
  'items.column.item': 'مورد',
  'items.column.contribution': 'سهم',
  'items.column.customer': 'مشتری',
  'items.column.team': 'تیم',
  'items.column.type': 'نوع',
  'items.column.created': 'ایجاد',
  'items.column.outcome': 'نتیجه',

  'outcome.open': 'باز',
  'outcome.done': 'انجام {at}',
  'outcome.done-plain': 'انجام‌شده',
  'outcome.cancelled': 'لغوشده',
  'outcome.unknown': 'پایان نامعلوم',

  'item.open-in-tool': 'باز کردن در {tool}',
  'item.since': 'ایجاد {at}',
  'item.took': '{duration} طول کشید',
  'item.open-for': '{duration} است که باز است',
  'item.story': 'نوبت با چه کسی بود',
  'item.axis': 'از {from} تا {to}',
  'item.courts': 'زمان نزد هر طرف',
  'item.nobody': 'هیچ‌کس',
  'item.promises': 'تاریخ‌های قول‌داده‌شده',
  'item.promise': 'اعلام در {said}: تا {due}',
  'item.promise.later': '{duration} عقب افتاد',
  'item.promise.earlier': '{duration} جلو آمد',
  'item.promise.after': 'پس از گذشتن تاریخ قبلی',
  'item.promise.asked': 'به خواست مشتری',
  'item.handoffs': 'ارجاع‌ها',
  'item.handoff': 'از {from} به {to}',
  'item.handoff.wait': 'سپس {duration} منتظر ماند',
  'item.handoff.no-wait': 'از آن پس کاری نشده',
  'item.handoff.direct': 'مستقیم برگردانده شد',
  'item.handoff.indirect': 'بعدها برگشت',
  'item.level.team': 'تیم',
  'item.level.person': 'شخص',
  'item.links': 'مرتبط با',
  'item.events': 'چه رخ داد',
  'item.events.public': 'فقط آنچه مشتری دید یا گفت',
  'item.legend.said': 'به مشتری گفتیم',
  'item.legend.asked': 'مشتری نوشت',
  'item.legend.promise': 'تاریخ قول‌داده‌شده',
  'item.legend.handoff': 'ارجاع',
  'item.legend.stale': 'بدون خبر تازه برای مشتری',

  'court.ours_active': 'نزد ما، در دست کار',
  'court.ours_waiting': 'نزد ما، در انتظار',
  'court.customer': 'نزد مشتری',
  'court.third_party': 'نزد شخص ثالث',
  'meaning.done': 'انجام‌شده',
  'meaning.cancelled': 'لغوشده',
  'meaning.unmapped': 'نگاشته‌نشده',

  'event.created': 'ایجاد شد',
  'event.status': 'وضعیت: {status}',
  'event.owner': 'مسئول: {owner}',
  'event.changed': 'تغییر کرد',
  'event.promised': 'قول: تا {due}',
  'event.unpromised': 'قول پس گرفته شد',
  'event.said.customer': 'مشتری نوشت',
  'event.said.team': 'به مشتری نوشتیم',
  'event.said.internal': 'یادداشت داخلی',
  'event.said.system': 'پیام خودکار',
  'event.noted': 'یادداشت ارجاع',
  'event.rated': 'امتیاز {rating}',

  'data.title': 'اعداد از کجا می‌آیند',
  'data.lead': 'هر اتصال، داده‌اش تا کجاست، و چه چیزی خوانده نشد.',
  'data.connector': 'رابط',
  'data.as-of': 'داده تا',
  'data.last-run': 'آخرین خواندن',
  'data.items': 'موارد',
  'data.quarantined': 'در قرنطینه',
  'data.unmapped': 'وضعیت‌های نگاشته‌نشده',
  'data.unmapped.why': 'تا وقتی نگاشته نشوند، زمانشان «نزد ما، در انتظار» شمرده می‌شود.',
  'data.quarantine.how': 'از خط فرمان فهرست کنید و دوباره امتحان کنید:',
  'data.sample': 'نمونه',
  'data.never': 'هرگز',
  'data.none': 'هیچ',
  'data.run.complete': 'کامل',
  'data.run.running': 'در حال اجرا',
  'data.run.failed': 'ناموفق',
  'data.run.incomplete': 'ناتمام',
  'data.import': 'دادهٔ خود را وارد کنید',
  'data.export': 'داده را با خود ببرید',
  'data.export.lead': 'نماهای مستند به‌صورت CSV، XLSX، JSON، Arrow یا Parquet، اکنون یا طبق برنامه.',
  'data.version': 'نسخهٔ {version}. هیچ چیز به هیچ جا فرستاده نمی‌شود: تله‌متری ندارد.',

  ...points,
  ...choice,
  ...alerts,
  ...access,
  ...identity,
  ...quality,
  ...nextStep,
  ...notes,
  ...sql,
  ...why,
  ...connections,
  ...today,
  ...handled,
  ...views,
  ...schedules,
  ...records,
  ...reports,
  ...targets,
  ...beliefs,
  ...download,
  ...myBoards,
  ...wall,
  ...palette,
  ...workbench,
  ...rooms,
  ...audit,
  ...apiDocs,
  ...exports,
  ...privacy,
};

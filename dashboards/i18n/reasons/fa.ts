import type { Reason } from './en.js';

export const fa: Record<Reason, string> = {
  '{tool} has no ratings.': '{tool} امتیاز ندارد.',
  '{tool} has no due dates.': '{tool} سررسید ندارد.',
  '{tool} does not tell comments for a customer from those among colleagues.':
    '{tool} یادداشت‌های مشتری را از یادداشت‌های داخلی همکاران جدا نمی‌کند.',
  'No status of this {tool} has the meaning of a waiting one.': 'هیچ وضعیتی در این {tool} به معنای انتظار نیست.',
  'No stage of this account has the meaning of a waiting one.': 'هیچ مرحله‌ای در این حساب به معنای انتظار نیست.',
  'No section of these projects has the meaning of a waiting one.': 'هیچ بخشی در این پروژه‌ها به معنای انتظار نیست.',
  'No list of these boards has the meaning of a waiting one.': 'هیچ فهرستی در این بوردها به معنای انتظار نیست.',
  'No label of the statuses ({labels}) has the meaning of waiting; {tool} itself knows open and closed alone.':
    'هیچ برچسبی از وضعیت‌ها ({labels}) به معنای انتظار نیست؛ خود {tool} فقط باز و بسته را می‌شناسد.',
  'The settings of the connection give no status the meaning of a waiting one.': 'تنظیمات اتصال به هیچ وضعیتی معنای انتظار نمی‌دهد.',
  'The mapping gives no status the meaning of a waiting one.': 'نگاشت به هیچ وضعیتی معنای انتظار نمی‌دهد.',
  'The mapping names no status column.': 'در نگاشت ستون وضعیت مشخص نشده است.',
  'The mapping names no team column.': 'در نگاشت ستون تیم مشخص نشده است.',
  'The mapping names no person column.': 'در نگاشت ستون شخص مشخص نشده است.',
  'The mapping names no due date column.': 'در نگاشت ستون سررسید مشخص نشده است.',
  'The mapping names no message column.': 'در نگاشت ستون پیام مشخص نشده است.',
  'The mapping names no customer column.': 'در نگاشت ستون مشتری مشخص نشده است.',
  'An item list shows only the present status, not how it changed.': 'فهرست موارد فقط وضعیت کنونی را نشان می‌دهد، نه چگونگی تغییر آن را.',
  'An item list shows only the present team, not how it changed.': 'فهرست موارد فقط تیم کنونی را نشان می‌دهد، نه چگونگی تغییر آن را.',
  'An item list shows only the present person, not how it changed.': 'فهرست موارد فقط شخص کنونی را نشان می‌دهد، نه چگونگی تغییر آن را.',
  'The mapping names neither a finish column nor a status that means done.':
    'در نگاشت نه ستون پایان مشخص شده است و نه وضعیتی به معنای انجام‌شده.',
  'The mapping names no status that means done.': 'در نگاشت وضعیتی به معنای انجام‌شده مشخص نشده است.',
  'The mapping does not tell public from internal messages.': 'نگاشت پیام‌های عمومی را از پیام‌های داخلی جدا نمی‌کند.',
  'A table has no ratings.': 'جدول امتیاز ندارد.',
  'A table has no links between items.': 'جدول پیوندی میان موارد ندارد.',
  'The mapping says that the due date never moves (event.due.moves).': 'به گفتهٔ نگاشت سررسید هرگز جابه‌جا نمی‌شود (event.due.moves).',
  'The mapping says that the due date is given once (event.due.said), so its moves are not told.':
    'به گفتهٔ نگاشت سررسید یک بار داده می‌شود (event.due.said)، پس جابه‌جایی‌هایش گفته نمی‌شود.',
  'The due date is back-filled: every row shows the last one.': 'سررسید به عقب پر شده است: هر سطر آخرین سررسید را نشان می‌دهد.',
  'A comment that was edited is told as it reads now.': 'یادداشت ویرایش‌شده همان‌گونه که اکنون است خوانده می‌شود.',
  'A comment that was edited is told as it reads now; one that was deleted is not told.':
    'یادداشت ویرایش‌شده همان‌گونه که اکنون است خوانده می‌شود؛ یادداشت پاک‌شده خوانده نمی‌شود.',
  'The team is the project that a task is in now; name a single-select field as team where hand-overs between teams count.':
    'تیم پروژه‌ای است که کار اکنون در آن است؛ اگر ارجاع میان تیم‌ها مهم است، یک فیلد تک‌انتخابی را به‌عنوان تیم معرفی کنید.',
  'GitHub issues have no due date; that of a milestone has no history.':
    'مسئله‌های GitHub سررسید ندارند؛ سررسید نقطهٔ عطف هم تاریخچه ندارد.',
  'The connection names no people of teams (teams).': 'اتصال اعضای تیم‌ها را مشخص نمی‌کند (teams).',
  'Comments on GitHub are seen by all who see the issue.': 'یادداشت‌های GitHub را هر کس که مسئله را ببیند می‌بیند.',
  'GitLab does not tell the due date an issue was opened with once it was changed.':
    'GitLab پس از تغییر، سررسیدی را که مسئله با آن باز شده بود نمی‌گوید.',
  'HubSpot has no date given to the customer; name the property that holds it as dueField.':
    'HubSpot تاریخی که به مشتری داده شده ندارد؛ ویژگی نگه‌دارندهٔ آن را در dueField مشخص کنید.',
  'Answers to the surveys of HubSpot are not read.': 'پاسخ‌های نظرسنجی‌های HubSpot خوانده نمی‌شود.',
  'Intercom tells no due dates, and no history of attributes that could hold them.':
    'Intercom نه سررسید می‌گوید و نه تاریخچهٔ ویژگی‌هایی که بتوانند آن را نگه دارند.',
  'No audit of the table can be read: it is not audited, or the account has no right to read sys_audit.':
    'هیچ ممیزی از جدول خوانده نمی‌شود: یا جدول ممیزی نمی‌شود یا حساب حق خواندن sys_audit را ندارد.',
  'The account may not read sys_journal_field, or nothing is written there.':
    'حساب حق خواندن sys_journal_field را ندارد یا چیزی در آن نوشته نشده است.',
  'ServiceNow keeps ratings in surveys of its own, which are not read.':
    'ServiceNow امتیازها را در نظرسنجی‌های خودش نگه می‌دارد که خوانده نمی‌شوند.',
  'Tickets have no due date of their own; name an attribute that holds it as dueField.':
    'تیکت‌ها خودشان سررسید ندارند؛ ویژگی نگه‌دارندهٔ آن را در dueField مشخص کنید.',
  'The settings of the connection do not list "{signal}" under "tells".': 'تنظیمات اتصال «{signal}» را زیر «tells» ندارد.',
  'The first traces of the log have no "{column}".': 'اولین ردهای لاگ «{column}» ندارند.',
  'Nobody rates a deal.': 'کسی به معامله امتیاز نمی‌دهد.',
  'The source does not deliver "{signal}".': 'منبع «{signal}» را نمی‌دهد.',
  'Nobody has said what they believe of "{metric}" here. Its board asks whoever gives a name, before it shows the number.':
    'اینجا کسی نگفته است دربارهٔ «{metric}» چه باوری دارد. تابلوی آن از هر کس که نامش را بنویسد، پیش از نشان دادن عدد می‌پرسد.',
  'No sync of this connection is complete yet.': 'هنوز هیچ خواندنی از این اتصال کامل نشده است.',
};

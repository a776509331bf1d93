import type { points as english } from './en.js';

export const points: Record<keyof typeof english, string> = {
  'chart.lead-time-points.title': 'تک‌تک موارد: چه زمانی پایان یافت و چقدر طول کشید',
  'chart.ageing.title': 'عمر کارهای باز، در برابر آهنگ کارهای پایان‌یافته',
  'chart.slip-ledger.title': 'دفتر لغزش: از اولین قول تا آخرین',
  'chart.silence-calendar.title': 'روزهای سکوت',

  'metric.item-age.name': 'عمر کارهای باز',
  'metric.item-age.feels': 'تا الان چقدر منتظر مانده‌ام.',
  'metric.item-age.definition':
    'زمان گذشته از ایجاد مواردی که در پایان دوره، یا در پایان داده‌های آن، بازند: نیمی، ۸۵٪ و ۹۵٪ آن‌ها از این قدیمی‌تر نیستند. عمر مورد بازگشایی‌شده نیز از ایجاد آن شمرده می‌شود.',
  'metric.court-age.name': 'عمر هنگام عوض شدن نوبت',
  'metric.court-age.feels': 'دیگران وقتی به عمر کار من بودند تا کجا پیش رفته بودند.',
  'metric.court-age.definition':
    'عمر موارد پایان‌یافته هنگامی که آخرین بار از هر نوبت بیرون رفتند: نزد ما در دست کار، نزد ما در انتظار، نزد مشتری، نزد شخص ثالث. بر پایهٔ دوره‌ای که پایان یافتند. فقط موارد پایان‌یافته.',
  'metric.silent-items.name': 'موارد در سکوت',
  'metric.silent-items.feels': 'یکی از کسانی هستم که خبری نمی‌شنوند.',
  'metric.silent-items.definition':
    'از مواردی که در دوره باز و در نوبت ما بودند، درصدی که زمانی در آن بیش از فاصلهٔ خبررسانی قول‌داده‌شده بدون پیام عمومی ما ماندند. هر مورد در هر دوره یک بار شمرده می‌شود؛ موارد باز و بازگشایی‌شده نیز مانند دیگران.',

  'court.ours_active': 'نزد ما، در دست کار',
  'court.ours_waiting': 'نزد ما، در انتظار',
  'court.customer': 'نزد مشتری',
  'court.third_party': 'نزد شخص ثالث',

  'head.item': 'مورد',
  'head.ended': 'پایان',
  'head.took': 'مدت',
  'head.state': 'وضع',
  'head.court': 'نوبت',
  'head.age': 'عمر',
  'head.chance-late': 'احتمال دیر شدن',
  'head.first-promise': 'اولین تاریخ قول',
  'head.last-promise': 'آخرین تاریخ قول',
  'head.slip': 'لغزش',
  'head.moves': 'جابه‌جایی',
  'head.moves-after-due': 'از آن میان، پس از گذشتن تاریخ',
  'head.moves-asked': 'از آن میان، به درخواست مشتری',
  'head.day': 'روز',
  'head.silent-items': 'موارد در سکوت',
  'head.open-items': 'از موارد در نوبت ما',

  'state.finished': 'پایان‌یافته',
  'state.open': 'هنوز باز',
  'state.cancelled': 'لغوشده',
  'risk.late': 'تاریخش گذشته',
  'risk.likely': 'احتمالاً دیر',
  'risk.ahead': 'هنوز تا تاریخ مانده',
  'risk.none': 'بدون تاریخ',
  'move.first': 'اولین قول',
  'move.moved': 'پیش از تاریخ جابه‌جا شد',
  'move.after': 'پس از گذشتن تاریخ جابه‌جا شد',
  'move.asked': 'مشتری خواست',

  'point.finished': '{item}: {value}، پایان در {at}',
  'point.open': '{item}: تاکنون {value} باز مانده',
  'point.cancelled': '{item}: پس از {value} لغو شد، در {at}',
  'point.age': '{item}: عمر {age}، {court}، {risk}',
  'point.chance': 'احتمال دیر شدن {chance}',
  'point.slip':
    '{item}: از {first} تا {last}، {slip}؛ {moves, plural, other {# جابه‌جایی}}، {after} پس از گذشتن تاریخ، {asked} به درخواست مشتری',
  'point.silence': '{day}: {count} بیش از اندازه بی‌خبر، از {all} مورد در نوبت ما',

  'summary.points': '{name} در {count}: {values}. مواردی که هنوز بازند، با عمرشان تا این لحظه، در پایان داده‌ها آمده‌اند.',
  'summary.sample': '{shown} از {all} رسم شده است، تصادفی انتخاب‌شده و همیشه همان‌ها؛ خط‌ها مربوط به همه است.',
  'summary.sample.row': '{shown} از {all}، انتخاب تصادفی',
  'summary.greatest': '{shown, number} از {all} آمده است: آن‌ها که بیش از همه لغزیدند.',
  'summary.ageing':
    '{count} باز. از موارد رسم‌شده {older, number} مورد از آنچه ۸۵٪ پایان‌یافته‌ها هنگام آخرین خروج از همان نوبت بودند قدیمی‌تر است؛ تاریخ {late, number} مورد گذشته و {likely, number} مورد دیگر احتمالاً دیر می‌شود.',
  'summary.ageing.no-pace':
    '{count} باز؛ پایان‌یافته‌ها برای گفتن آهنگ معمول کم است. تاریخ {late, number} مورد گذشته و {likely, number} مورد دیگر احتمالاً دیر می‌شود.',
  'summary.ledger': 'بیشترین لغزش: {item}، از {first} تا {last}، {slip}.',
  'summary.ledger.none': 'در این دوره هیچ قولی جابه‌جا نشد.',
  'summary.silence-calendar': 'بیش از همه در {day}: {count} بیش از اندازه بی‌خبر، از {all} مورد در نوبت ما؛ در روز آخر {last}.',
  'summary.silence-calendar.none': 'در هیچ روزی موردی بیش از اندازه بی‌خبر نماند.',
  'summary.half-year': '۲۶ هفتهٔ پایانی دوره.',
};

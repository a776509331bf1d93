import type { points as english } from './en.js';

export const points: Record<keyof typeof english, string> = {
  'chart.lead-time-points.title': 'تک‌تک موارد: کی پایان یافت و چقدر طول کشید',
  'chart.ageing.title': 'سن کارهای باز، در برابر آهنگ کارهای پایان‌یافته',
  'chart.slip-ledger.title': 'دفتر لغزش: از نخستین قول تا واپسین',
  'chart.silence-calendar.title': 'روزهای سکوت',

  'metric.item-age.name': 'سن کارهای باز',
  'metric.item-age.feels': 'تا الان چقدر منتظر مانده‌ام.',
  'metric.item-age.definition':
    'زمان گذشته از ایجاد مواردی که در پایان دوره، یا پایان داده‌ها در آن، بازند: نیمی، ۸۵٪ و ۹۵٪ آن‌ها از این مسن‌تر نیستند. سن مورد بازگشوده نیز از ایجاد آن شمرده می‌شود.',
  'metric.court-age.name': 'سن هنگام عوض شدن نوبت',
  'metric.court-age.feels': 'دیگران وقتی به سن کار من بودند تا کجا رسیده بودند.',
  'metric.court-age.definition':
    'موارد پایان‌یافته هنگامی که آخرین بار از هر نوبت بیرون رفتند چه سنی داشتند: نزد ما در دست کار، نزد ما در انتظار، نزد مشتری، نزد طرف سوم. بر پایهٔ دوره‌ای که پایان یافتند. تنها موارد پایان‌یافته.',
  'metric.silent-items.name': 'موارد در سکوت',
  'metric.silent-items.feels': 'یکی از کسانی هستم که خبری نمی‌شنوند.',
  'metric.silent-items.definition':
    'از مواردی که در دوره باز و در نوبت ما بودند، درصدی که در زمانی از آن بیش از فاصلهٔ قول‌داده‌شده بی پیام عمومی ما ماندند. هر مورد در هر دوره یک بار شمرده می‌شود؛ موارد باز و بازگشوده نیز مانند دیگران.',

  'court.ours_active': 'نزد ما، در دست کار',
  'court.ours_waiting': 'نزد ما، در انتظار',
  'court.customer': 'نزد مشتری',
  'court.third_party': 'نزد طرف سوم',

  'head.item': 'مورد',
  'head.ended': 'پایان',
  'head.took': 'مدت',
  'head.state': 'وضع',
  'head.court': 'نوبت',
  'head.age': 'سن',
  'head.chance-late': 'احتمال دیر شدن',
  'head.first-promise': 'نخستین قول',
  'head.last-promise': 'واپسین قول',
  'head.slip': 'لغزش',
  'head.moves': 'جابه‌جایی',
  'head.moves-after-due': 'از آن پس از گذشتن تاریخ',
  'head.moves-asked': 'از آن به درخواست مشتری',
  'head.day': 'روز',
  'head.silent-items': 'موارد در سکوت',
  'head.open-items': 'از موارد در نوبت ما',

  'state.finished': 'پایان‌یافته',
  'state.open': 'هنوز باز',
  'state.cancelled': 'لغوشده',
  'risk.late': 'تاریخ گذشته',
  'risk.likely': 'احتمالاً دیر',
  'risk.ahead': 'تاریخ در پیش',
  'risk.none': 'بی تاریخ',
  'move.first': 'نخستین قول',
  'move.moved': 'پیش از تاریخ جابه‌جا شد',
  'move.after': 'پس از گذشتن تاریخ جابه‌جا شد',
  'move.asked': 'مشتری خواست',

  'point.finished': '{item}: {value}، پایان در {at}',
  'point.open': '{item}: تاکنون {value} باز',
  'point.cancelled': '{item}: پس از {value} لغو شد، در {at}',
  'point.age': '{item}: سن {age}، {court}، {risk}',
  'point.chance': 'احتمال دیر شدن {chance}',
  'point.slip':
    '{item}: از {first} تا {last}، {slip}؛ {moves, plural, other {# جابه‌جایی}}، {after} پس از گذشتن تاریخ، {asked} به درخواست مشتری',
  'point.silence': '{day}: {count} بیش از اندازه بی‌خبر، از {all} مورد در نوبت ما',

  'summary.points': '{name} در {count}: {values}. موارد هنوز باز با سن تاکنونشان در پایان داده‌ها آمده‌اند.',
  'summary.sample': '{shown} از {all} رسم شده است، به تصادف و همیشه همان‌ها؛ خط‌ها از آنِ همه است.',
  'summary.sample.row': '{shown} از {all}، به تصادف',
  'summary.greatest': '{shown, number} از {all} آمده است: آن‌ها که بیشتر لغزیدند.',
  'summary.ageing':
    '{count} باز. از رسم‌شده‌ها {older, number} مورد مسن‌تر از سنی است که ۸۵٪ پایان‌یافته‌ها هنگام آخرین خروج از همان نوبت داشتند؛ تاریخ {late, number} مورد گذشته و {likely, number} مورد دیگر احتمالاً دیر می‌شود.',
  'summary.ageing.no-pace':
    '{count} باز؛ پایان‌یافته‌ها برای گفتن آهنگ معمول کم است. تاریخ {late, number} مورد گذشته و {likely, number} مورد دیگر احتمالاً دیر می‌شود.',
  'summary.ledger': 'بیشترین لغزش: {item}، از {first} تا {last}، {slip}.',
  'summary.ledger.none': 'در این دوره هیچ قولی جابه‌جا نشد.',
  'summary.silence-calendar': 'بیش از همه در {day}: {count} بیش از اندازه بی‌خبر، از {all} مورد در نوبت ما؛ در روز آخر {last}.',
  'summary.silence-calendar.none': 'در هیچ روزی موردی بیش از اندازه بی‌خبر نماند.',
  'summary.half-year': '۲۶ هفتهٔ پایانی دوره.',
};

import type { points as english } from './en.js';

export const points: Record<keyof typeof english, string> = {
  'chart.lead-time-points.title': 'Ամեն գործ՝ երբ ավարտվեց և որքան տևեց',
  'chart.ageing.title': 'Բաց գործերի տարիքը՝ ավարտվածների ընթացքի համեմատ',
  'chart.slip-ledger.title': 'Տեղաշարժերի մատյան՝ առաջին խոստումից մինչև վերջինը',
  'chart.silence-calendar.title': 'Լռության օրեր',

  'metric.item-age.name': 'Բաց գործերի տարիքը',
  'metric.item-age.feels': 'Որքան եմ սպասել մինչ այժմ։',
  'metric.item-age.definition':
    'Ժամանակահատվածի վերջում կամ դրա մեջ եղած տվյալների վերջում բաց գործերի ստեղծումից անցած ժամանակը. կեսը, 85 %-ը և 95 %-ը դրանից մեծ չեն։ Վերաբացված գործի տարիքը նույնպես հաշվվում է ստեղծումից։',
  'metric.court-age.name': 'Տարիքը հերթը փոխվելիս',
  'metric.court-age.feels': 'Որքան էին առաջ գնացել մյուսները իմ գործի տարիքում։',
  'metric.court-age.definition':
    'Քանի օրական էին ավարտված գործերը, երբ վերջին անգամ դուրս եկան ամեն հերթից՝ մեզ մոտ աշխատանքի մեջ, մեզ մոտ սպասելիս, հաճախորդի մոտ, երրորդ կողմի մոտ։ Ըստ ավարտման ժամանակահատվածի։ Միայն ավարտված գործեր։',
  'metric.silent-items.name': 'Լռության մեջ մնացած գործեր',
  'metric.silent-items.feels': 'Ես նրանցից եմ, ովքեր լուր չեն ստանում։',
  'metric.silent-items.definition':
    'Ժամանակահատվածում բաց և մեր հերթում եղած գործերից այն տոկոսը, որոնք ինչ-որ պահի տեղեկացման խոստացված միջակայքից երկար մնացին առանց մեր հանրային հաղորդագրության։ Գործը մեկ ժամանակահատվածում հաշվվում է մեկ անգամ. բաց և վերաբացված գործերը հաշվվում են մյուսների պես։',

  'court.ours_active': 'մեզ մոտ, աշխատում ենք',
  'court.ours_waiting': 'մեզ մոտ, սպասում է',
  'court.customer': 'հաճախորդի մոտ',
  'court.third_party': 'երրորդ կողմի մոտ',

  'head.item': 'Գործ',
  'head.ended': 'Ավարտ',
  'head.took': 'Տևեց',
  'head.state': 'Վիճակ',
  'head.court': 'Ում հերթն է',
  'head.age': 'Տարիք',
  'head.chance-late': 'Ուշանալու հավանականություն',
  'head.first-promise': 'Առաջին խոստացված ժամկետ',
  'head.last-promise': 'Վերջին խոստացված ժամկետ',
  'head.slip': 'Տեղաշարժ',
  'head.moves': 'Տեղափոխում',
  'head.moves-after-due': 'որից ժամկետն անցնելուց հետո',
  'head.moves-asked': 'որից հաճախորդի խնդրանքով',
  'head.day': 'Օր',
  'head.silent-items': 'Լռության մեջ մնացած',
  'head.open-items': 'մեր հերթում եղած գործերից',

  'state.finished': 'ավարտված',
  'state.open': 'դեռ բաց',
  'state.cancelled': 'չեղարկված',
  'risk.late': 'ժամկետն անցել է',
  'risk.likely': 'հավանաբար կուշանա',
  'risk.ahead': 'ժամկետն առջևում է',
  'risk.none': 'ժամկետ չկա',
  'move.first': 'առաջին խոստում',
  'move.moved': 'տեղափոխվեց ժամկետից առաջ',
  'move.after': 'տեղափոխվեց ժամկետն անցնելուց հետո',
  'move.asked': 'հաճախորդի խնդրանքով',

  'point.finished': '{item}՝ {value}, ավարտվեց {at}',
  'point.open': '{item}՝ մինչ այժմ բաց է {value}',
  'point.cancelled': '{item}՝ չեղարկվեց {value} անց, {at}',
  'point.age': '{item}՝ տարիքը {age}, {court}, {risk}',
  'point.chance': 'ուշանալու հավանականությունը՝ {chance}',
  'point.slip':
    '{item}՝ {first} → {last}, {slip}. {moves, plural, other {# տեղափոխում}}, {after}-ը՝ ժամկետն անցնելուց հետո, {asked}-ը՝ հաճախորդի խնդրանքով',
  'point.silence': '{day}՝ մեր հերթում եղած {all} գործից {count} չափազանց երկար առանց լուրի է',

  'summary.points': '{name}, {count}. {values}։ Դեռ բաց գործերը նշված են տվյալների վերջում՝ մինչ այժմ ունեցած տարիքով։',
  'summary.sample': '{all}-ից գծված է {shown}-ը՝ պատահական ընտրված և միշտ նույնը. գծերը բոլորինն են։',
  'summary.sample.row': '{all}-ից {shown}-ը՝ պատահական ընտրված',
  'summary.greatest': '{all}-ից ցույց է տրված {shown, number}-ը՝ ամենաշատ տեղափոխվածները։',
  'summary.ageing':
    '{count} բաց է։ Գծվածներից {older, number}-ն ավելի մեծ է, քան ավարտվածների 85 %-ը նույն հերթից վերջին անգամ դուրս գալիս. {late, number}-ի ժամկետն անցել է, ևս {likely, number}-ը հավանաբար կուշանա։',
  'summary.ageing.no-pace':
    '{count} բաց է. ավարտվածները շատ քիչ են սովորական ընթացքը որոշելու համար։ {late, number}-ի ժամկետն անցել է, ևս {likely, number}-ը հավանաբար կուշանա։',
  'summary.ledger': 'Ամենաշատը տեղափոխվել է՝ {item}, {first} → {last}, {slip}։',
  'summary.ledger.none': 'Այս ժամանակահատվածում ոչ մի խոստում չի տեղափոխվել։',
  'summary.silence-calendar': 'Ամենաշատը՝ {day}, մեր հերթում եղած {all} գործից {count} չափազանց երկար առանց լուրի էր. վերջին օրը՝ {last}։',
  'summary.silence-calendar.none': 'Ոչ մի օր որևէ գործ չափազանց երկար առանց լուրի չի մնացել։',
  'summary.half-year': 'Ժամանակահատվածի վերջին 26 շաբաթը։',
};

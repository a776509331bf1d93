import type { Catalog } from './catalog';
import { access } from './access/hy';
import { identity } from './identity/hy';
import { alerts } from './alerts/hy';
import { choice } from './choice/hy';
import { connections } from './connections/hy';
import { points } from './points/hy';
import { quality } from './quality/hy';
import { handled } from './handled/hy';
import { today } from './today/hy';
import { nextStep } from './next-step/hy';
import { notes } from './notes/hy';
import { schedules } from './schedules/hy';
import { sql } from './sql/hy';
import { why } from './why/hy';
import { palette } from './palette/hy';
import { views } from './views/hy';
import { records } from './records/hy';
import { reports } from './reports/hy';
import { targets } from './targets/hy';
import { beliefs } from './beliefs/hy';
import { download } from './download/hy';
import { myBoards } from './my-boards/hy';
import { wall } from './wall/hy';
import { exports } from './exports/hy';
import { privacy } from './privacy/hy';
import { workbench } from './workbench/hy';
import { rooms } from './rooms/hy';
import { audit } from './audit/hy';
import { apiDocs } from './api-docs/hy';

export const hy: Catalog = {
  'app.name': 'Throughline',
  'app.skip': 'Անցնել բովանդակությանը',
  'nav.label': 'Գլխավոր',
  'nav.home': 'Այսօր',
  'nav.data': 'Տվյալներ',

  'setting.language': 'Լեզու',
  'setting.theme': 'Գույներ',
  'theme.system': 'ըստ համակարգի',
  'theme.light': 'բաց',
  'theme.dark': 'մուգ',

  'sample.notice': 'Սա հորինված ընկերություն է. բեռնված է, որպեսզի կարողանաք ծանոթանալ։',
  'sample.remove': 'Հեռացնել օրինակի տվյալները',
  'sample.removing': 'Հեռացվում է…',

  'unit.days': '{n, number} օր',
  'unit.hours': '{n, number} ժ',
  'unit.minutes': '{n, number} ր',
  'unit.seconds': '{n, number} վ',
  'ago.now': 'հենց նոր',
  'ago.minutes': '{n, plural, other {# րոպե առաջ}}',
  'ago.hours': '{n, plural, other {# ժամ առաջ}}',
  'ago.days': '{n, plural, other {# օր առաջ}}',

  'fresh.to': 'Տվյալները մինչև {at}',
  'fresh.read': '{connection}՝ կարդացվել է {ago}',
  'fresh.never': '{connection}՝ դեռ չի կարդացվել',
  'fresh.zone': 'ժամային գոտին՝ {zone}',
  'fresh.deriving': 'Նոր տվյալները մշակվում են. սրանք դրանից առաջվա թվերն են։',

  'home.title': 'Ինչ զգացին հաճախորդները',
  'home.lead': '{from} – {to}՝ նույն տևողության նախորդ ժամանակահատվածի համեմատ։',
  'home.open': 'Բացել վահանակը',

  'unknown.notice': 'Այս հասցեում անհայտ է և անտեսվել է՝ {names}։',

  'filter.period': 'Ժամանակահատված',
  'filter.grain': 'Քայլ',
  'filter.by': 'Կտրվածք',
  'filter.by.none': 'չկա',
  'filter.filters': 'Զտիչներ',
  'filter.clear': 'Մաքրել բոլոր զտիչները',
  'filter.all': 'բոլորը',
  'filter.chosen': '{n, plural, other {# ընտրված}}',
  'filter.search': 'Որոնել՝ {dimension}',
  'filter.none-found': 'Համընկնում չկա։',
  'filter.more': '{n, plural, other {ևս #. գտնելու համար որոնեք}}',
  'filter.from': 'Սկսած',
  'filter.until': 'Մինչև (ներառյալ)',
  'filter.apply': 'Կիրառել',
  'filter.nobody': '(նշված չէ)',

  'period.default': 'ըստ լռելյայնի',
  'period.4-weeks': 'վերջին 4 շաբաթը',
  'period.13-weeks': 'վերջին 13 շաբաթը',
  'period.26-weeks': 'վերջին 26 շաբաթը',
  'period.52-weeks': 'վերջին 52 շաբաթը',

  'grain.day': 'օրեր',
  'grain.week': 'շաբաթներ',
  'grain.month': 'ամիսներ',

  'dimension.team': 'Թիմ',
  'dimension.type': 'Տեսակ',
  'dimension.service': 'Ծառայություն',
  'dimension.channel': 'Կապուղի',
  'dimension.priority': 'Առաջնահերթություն',
  'dimension.customer': 'Հաճախորդ',
  'dimension.group': 'Հաճախորդների խումբ',
  'dimension.connection': 'Միացում',
  'dimension.language': 'Լեզու',

  'chart.table': 'Ցույց տալ աղյուսակը',
  'chart.picture': 'Ցույց տալ գծապատկերը',
  'chart.explain': 'Ի՞նչ է «{name}»',
  'chart.keys': 'Սլաքները տեղափոխում են նշանների միջև, Enter-ը բացում է նշանին համապատասխանող գործերը։',
  'chart.open': '{text}։ Բացել գործերը։',
  'chart.failed': 'Գծապատկերը չհաջողվեց գծել. {reason}',
  'chart.table.caption': '{title}՝ որպես աղյուսակ',
  'chart.partly': 'Հնարավոր չէ չափել՝ {connections}',
  'chart.close': 'Փակել',

  'tone.better': 'Ավելի լավ',
  'tone.worse': 'Ավելի վատ',
  'tone.same': 'Անփոփոխ',
  'tone.unclear': 'Հստակ փոփոխություն չկա',

  'state.loading': 'Բեռնվում է…',
  'state.empty.title': 'Դեռ տվյալներ չկան',
  'state.empty.text': 'Կարդացեք ֆայլ կամ միացրեք գործիք, և այս էջը կլցվի։',
  'state.empty.how': 'Ներմուծեք իրադարձությունների մատյան հրամանի տողից՝',
  'state.filtered': 'Այս ժամանակահատվածում այս զտիչներին համապատասխանող ոչինչ չկա։',
  'state.failed': 'Չհաջողվեց բեռնել։',
  'state.error-id': 'Սխալի համարը՝ {id}. դրանով այն կգտնեք մատյանում',
  'state.retry': 'Կրկին փորձել',
  'state.offline': 'Սերվերը չի պատասխանում։ Այն աշխատո՞ւմ է։',
  'state.not-found': 'Այսպիսի էջ չկա։',
  'state.back-home': 'Անցնել «Այսօր» էջին',

  'items.title': 'Նշանին համապատասխանող գործերը',
  'items.count.items': '{n, plural, other {# գործ}}',
  'items.count.handoffs': '{n, plural, other {# փոխանցում}}',
  'items.count.promises': '{n, plural, other {# խոստում}}',
  'items.count.resolutions': '{n, plural, other {# լուծում}}',
  'items.count.messages': '{n, plural, other {# հաղորդագրություն}}',
  'items.count.ratings': '{n, plural, other {# գնահատական}}',
  'items.count.answers': '{n, plural, other {# պատասխան}}',
  'items.count.journeys': '{n, plural, other {# ճանապարհ}}',
  'items.back': 'Վերադառնալ՝ {board}',
  'items.range': '{from} – {to} / {total}',
  'items.previous': 'Նախորդը',
  'items.next': 'Հաջորդը',
  'items.pages': 'Էջեր',
  'items.yes': 'այո',
  'items.no': 'ոչ',
  'items.whole': 'ամբողջ ժամանակահատվածը',
  'items.none': 'Այս նշանին համապատասխանող գործ չկա։',
  'items.column.item': 'Գործ',
  'items.column.contribution': 'Բաժինը',
  'items.column.customer': 'Հաճախորդ',
  'items.column.team': 'Թիմ',
  'items.column.type': 'Տեսակ',
  'items.column.created': 'Ստեղծված',
  'items.column.outcome': 'Ելք',

  'outcome.open': 'բաց',
  'outcome.done': 'արված {at}',
  'outcome.done-plain': 'արված',
  'outcome.cancelled': 'չեղարկված',
  'outcome.unknown': 'ավարտն անհայտ է',

  'item.open-in-tool': 'Բացել գործիքում՝ {tool}',
  'item.since': 'Ստեղծված՝ {at}',
  'item.took': 'տևեց {duration}',
  'item.open-for': 'բաց է {duration}',
  'item.story': 'Ում մոտ էր հերթը',
  'item.axis': '{from} – {to}',
  'item.courts': 'Ում մոտ որքան մնաց',
  'item.nobody': 'ոչ ոք',
  'item.promises': 'Խոստացված ժամկետներ',
  'item.promise': 'Ասված՝ {said}, ժամկետը՝ {due}',
  'item.promise.later': 'հետաձգված {duration}',
  'item.promise.earlier': 'առաջ բերված {duration}',
  'item.promise.after': 'հին ժամկետն անցնելուց հետո',
  'item.promise.asked': 'հաճախորդի խնդրանքով',
  'item.handoffs': 'Փոխանցումներ',
  'item.handoff': '{from} → {to}',
  'item.handoff.wait': 'հետո սպասեց {duration}',
  'item.handoff.no-wait': 'դրանից հետո ոչինչ չի արվել',
  'item.handoff.direct': 'միանգամից հետ ուղարկվեց',
  'item.handoff.indirect': 'հետո վերադարձավ',
  'item.level.team': 'թիմ',
  'item.level.person': 'անձ',
  'item.links': 'Կապված է',
  'item.events': 'Ինչ տեղի ունեցավ',
  'item.events.public': 'Միայն այն, ինչ հաճախորդը տեսավ կամ ասաց',
  'item.legend.said': 'ասացինք հաճախորդին',
  'item.legend.asked': 'հաճախորդը գրեց',
  'item.legend.promise': 'խոստացված ժամկետ',
  'item.legend.handoff': 'փոխանցում',
  'item.legend.stale': 'հաճախորդին թարմ լուր չկա',

  'court.ours_active': 'մեզ մոտ, աշխատում ենք',
  'court.ours_waiting': 'մեզ մոտ, սպասում է',
  'court.customer': 'հաճախորդի մոտ',
  'court.third_party': 'երրորդ կողմի մոտ',
  'meaning.done': 'արված',
  'meaning.cancelled': 'չեղարկված',
  'meaning.unmapped': 'չհամապատասխանեցված',

  'event.created': 'Ստեղծվեց',
  'event.status': 'Կարգավիճակ՝ {status}',
  'event.owner': 'Պատասխանատու՝ {owner}',
  'event.changed': 'Փոխվեց',
  'event.promised': 'Խոստում՝ մինչև {due}',
  'event.unpromised': 'Խոստումը հետ վերցվեց',
  'event.said.customer': 'Հաճախորդը գրեց',
  'event.said.team': 'Գրեցինք հաճախորդին',
  'event.said.internal': 'Ներքին նշում',
  'event.said.system': 'Ավտոմատ հաղորդագրություն',
  'event.noted': 'Փոխանցման նշում',
  'event.rated': 'Գնահատական՝ {rating}',

  'data.title': 'Որտեղից են թվերը',
  'data.lead': 'Յուրաքանչյուր միացում, մինչև ուր են տվյալները, և ինչը չհաջողվեց կարդալ։',
  'data.connector': 'Միակցիչ',
  'data.as-of': 'Տվյալները մինչև',
  'data.last-run': 'Վերջին ընթերցումը',
  'data.items': 'Գործեր',
  'data.quarantined': 'Կարանտինում',
  'data.unmapped': 'Չհամապատասխանեցված կարգավիճակներ',
  'data.unmapped.why': 'Մինչև համապատասխանեցնելը նրանց ժամանակը հաշվվում է «մեզ մոտ, սպասում է»։',
  'data.quarantine.how': 'Ցանկը տեսնելու և կրկին փորձելու համար՝ հրամանի տողից.',
  'data.sample': 'օրինակ',
  'data.never': 'երբեք',
  'data.none': 'չկա',
  'data.run.complete': 'ավարտված',
  'data.run.running': 'ընթանում է',
  'data.run.failed': 'ձախողված',
  'data.run.incomplete': 'թերի',
  'data.import': 'Բերեք ձեր տվյալները',
  'data.export': 'Վերցրեք տվյալները ձեզ հետ',
  'data.export.lead': 'Փաստագրված դիտումներ՝ CSV, XLSX, JSON, Arrow կամ Parquet, հիմա կամ ժամանակացույցով։',
  'data.version': 'Տարբերակ {version}։ Ոչինչ ոչ մի տեղ չի ուղարկվում. հեռաչափում չկա։',

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

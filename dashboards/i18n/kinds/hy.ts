import type { kinds as english } from './en.js';

export const kinds: Record<keyof typeof english, string> = {
  'axis.size': 'հաշվվածների քանակը',
  'axis.forecast': 'միջին կանխատեսում',
  'axis.observed': 'իրականացավ',
  'axis.age': 'խոստանալուց անցած ժամանակը',
  'age.later': 'ավելի ուշ',
  'head.class': 'Կանխատեսում',

  'legend.inside': 'սահմաններում',
  'legend.middle-half': 'միջին կեսը',
  'legend.meant': 'իրականանում է',
  'legend.misses': 'ասում է ավելի կամ պակաս, քան կա',
  'legend.left-standing': 'դեռ ընթացող, շարունակությունն անհայտ է',
  'legend.wait': 'Կեսի սպասած ժամանակը',

  'wait.any': 'ցանկացած ժամանակ',
  'wait.below': 'մինչև {to}',
  'wait.between': '{from} – {to}',
  'wait.from': '{from} և ավելի',
  'wait.unknown': 'շատ քիչ են եզրակացության համար',

  'text.reliability': 'կանխատեսված {forecast}, իրականացած {observed}',
  'text.association': '{bucket}. {level} ժամանակին՝ {load} ծանրաբեռնվածության դեպքում',
  'text.funnel': 'միայն պատահականությամբ՝ 100-ից 95 անգամ {lower} – {upper} միջակայքում',
  'text.survival': '{age} անց դեռ ուժի մեջ է {value}',

  'summary.funnel.none': 'Բոլոր {count, number} խմբերը միայն պատահականությամբ բացատրվող սահմաններում են. ընդհանուրը՝ {whole}։',
  'summary.funnel.some':
    '{count, number} խմբից {outside, number}-ը պատահականությամբ բացատրվող սահմաններից դուրս է՝ {names}։ Ընդհանուրը՝ {whole}։',
  'summary.stack': '{name}, {bucket}, {latest}. ամենամեծ մասերն են «{first}» ({firstValue}) և «{second}» ({secondValue})։',
  'summary.reliability.none': 'Բոլոր {count, number} դասերում կանխատեսումներն իրականանում են։',
  'summary.reliability.some':
    '{count, number} դասից {outside, number}-ն ասում է ավելի կամ պակաս, քան կա, ամենից շատ այնտեղ, որտեղ կանխատեսվել էր {forecast}, իսկ իրականացավ {observed}։',
  'summary.survival': '{age} անց դեռ ուժի մեջ է {value}, {lastAge} անց՝ {lastValue}։',
  'summary.survival.one': '{age} անց դեռ ուժի մեջ է {value}։',
  'summary.association':
    'Մեկ պատասխանատուի հաշվով յուրաքանչյուր ավելի բաց գործի դեպքում ժամանակին լինելու տարբերությունը՝ {slope} ({lo} … {hi})։ Սա կապ է, ոչ թե պատճառ։',
  'summary.association.none': 'Թեքությունը հնարավոր չէ հաշվել. ութից պակաս լրիվ շաբաթ կա։',
  'summary.ranking.amount': 'Ամենաբարձրը՝ {slowSegment}, {slow} ({slowCount}), ամենացածրը՝ {quickSegment}, {quick} ({quickCount})։',
};

import type { kinds as english } from './en.js';

export const kinds: Record<keyof typeof english, string> = {
  'axis.size': 'հաշվվածների քանակը',
  'axis.forecast': 'միջին կանխատեսում',
  'axis.observed': 'իրականացավ',
  'axis.age': 'ասվելուց անցած ժամանակը',
  'age.later': 'ավելի ուշ',
  'head.class': 'Կանխատեսում',

  'legend.inside': 'սահմաններում',
  'legend.middle-half': 'միջին կեսը',
  'legend.meant': 'այն է, ինչ ասում է',
  'legend.misses': 'շատ կամ քիչ է ասում',
  'legend.left-standing': 'դեռ ընթացող, հետագան անհայտ է',
  'legend.wait': 'Կեսը սպասում է',

  'wait.any': 'ցանկացած ժամանակ',
  'wait.below': '{to}-ից քիչ',
  'wait.between': '{from} – {to}',
  'wait.from': '{from} և ավելի',
  'wait.unknown': 'շատ քիչ են ասելու համար',

  'text.reliability': 'կանխատեսված {forecast}, իրականացած {observed}',
  'text.association': '{bucket}. {level} ժամանակին՝ {load} բեռի դեպքում',
  'text.funnel': 'պատահականությունը բացատրում է՝ {lower} … {upper} (95 %)',
  'text.survival': '{age} անց դեռ ուժի մեջ է {value}',

  'summary.funnel.none': 'Բոլոր {count, number} խմբերը միայն պատահականությամբ բացատրվող սահմաններում են. ամբողջը՝ {whole}։',
  'summary.funnel.some': '{count, number} խմբից {outside, number}-ը պատահականությամբ բացատրվողից դուրս է՝ {names}։ Ամբողջը՝ {whole}։',
  'summary.stack': '{name}, {bucket}, վերջին լրիվ {grain}. ամենամեծ մասերն են «{first}» ({firstValue}) և «{second}» ({secondValue})։',
  'summary.reliability.none': 'Բոլոր {count, number} դասերում կանխատեսումներն այն են, ինչ ասում են։',
  'summary.reliability.some':
    '{count, number} դասից {outside, number}-ը շատ կամ քիչ է ասում, ամենից շատ այնտեղ, որտեղ կանխատեսվել էր {forecast}, իսկ իրականացավ {observed}։',
  'summary.survival': '{age} անց դեռ ուժի մեջ է {value}, {lastAge} անց՝ {lastValue}։',
  'summary.survival.one': '{age} անց դեռ ուժի մեջ է {value}։',
  'summary.association':
    'Մեկ պատասխանատուի հաշվով մեկ բաց գործ ավելիի դեպքում ժամանակին լինելը՝ {slope} ({lo} … {hi})։ Սա կապ է, ոչ թե պատճառ։',
  'summary.association.none': 'Թեքություն չի կարելի ասել. ութից պակաս լրիվ շաբաթ կա։',
  'summary.ranking.amount': 'Ամենաբարձրը՝ {slowSegment}, {slow} ({slowCount}), ամենացածրը՝ {quickSegment}, {quick} ({quickCount})։',
};

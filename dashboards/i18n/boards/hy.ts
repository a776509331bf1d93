import type { boards as english } from './en.js';

export const boards: Record<keyof typeof english, string> = {
  'board.consistency.title': 'Կայունություն',
  'board.consistency.description':
    'Յուրաքանչյուր հաճախորդ ամեն անգամ ստանո՞ւմ է նույնը։ Վստահությունը կախված է դանդաղ դեպքերից, ոչ թե միջինից։',
  'board.delay.title': 'Ուշացում',
  'board.delay.description': 'Ժամկետները պահվո՞ւմ են, թե՞ տեղափոխվում։ Եվ սպասելիս հաճախորդը մեզանից լուր ստանո՞ւմ է։',
  'board.handoff.title': 'Փոխանցումներ',
  'board.handoff.description': 'Ի՞նչ արժե հաճախորդի համար, երբ գործը ձեռքից ձեռք է անցնում։',

  'chart.of-type': '{title} · {type}',
  'chart.tail-ratio.title': 'Դանդաղ դեպքերը սովորականի համեմատ',
  'chart.lead-time.title': 'Որքան է հաճախորդը սպասում արդյունքին',
  'chart.process-behaviour.title': 'Փոփոխությո՞ւն, թե՞ պատահականություն',
  'chart.reopen-rate.title': 'Հետ եկած գործեր',
  'chart.lead-time-by-team.title': 'Որքան է տևում՝ ըստ թիմերի',
  'chart.goalpost-gap.title': 'Ժամկետներ, որ պահվեցին միայն տեղափոխվելով',
  'chart.on-time.title': 'Ժամանակին՝ առաջին և վերջին ժամկետով',
  'chart.slip.title': 'Որքան են տեղափոխվում ժամկետները',
  'chart.slip-moves.title': 'Որքան հաճախ են տեղափոխվում ժամկետները',
  'chart.slip-after-due.title': 'Անցնելուց հետո տեղափոխված ժամկետներ',
  'chart.longest-silence.title': 'Ամենաերկար լռությունը',
  'chart.silence.title': 'Լռություն, երբ հերթը մերն է',
  'chart.first-response.title': 'Առաջին պատասխան',
  'chart.visibility-coverage.title': 'Ժամանակ, երբ հաճախորդը տեսնում է ընթացքը',
  'chart.handoff-wait.title': 'Սպասում փոխանցումից հետո',
  'chart.handoffs.title': 'Որքան հաճախ է գործը փոխանցվում',
  'chart.returns.title': 'Հետ ուղարկված գործեր',
  'chart.handover-matrix.title': 'Ով ում է փոխանցում',
  'chart.flow-efficiency.title': 'Աշխատած ժամանակի բաժինը ամբողջից',
};

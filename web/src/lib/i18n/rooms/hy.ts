import type { rooms as en } from './en';

export const rooms: Record<keyof typeof en, string> = {
  'rooms.menu': 'Ընտրացանկ',
  'rooms.boards': 'Վահանակներ',
  'rooms.summaries': 'Ամփոփումներ',
  'rooms.connections': 'Միացումներ',
  'rooms.quality': 'Տվյալների որակ',
  'rooms.closed': 'Այս էջը ձեր դերի համար չէ',
  'rooms.closed.who': 'Բաց է հետևյալ դերերի համար՝ {roles}։ Ձեր դերը՝ {role}։',
  'rooms.closed.part': 'Այն վերաբերում է բոլոր տվյալներին, իսկ դուք տեսնում եք մի մասը։',
  'rooms.closed.ask': 'Ադմինիստրատորը կարող է ձեզ այլ դեր տալ։',
  'rooms.sees': 'Դուք տեսնում եք՝',
  'rooms.sees.more': 'և ևս {n}',
  'rooms.sees.nothing': 'Ձեր տեսածի մեջ սրա համար ոչինչ չկա։',
  'rooms.empty': 'Դեռ ձեզ ցույց տալու ոչինչ չկա',
  'rooms.empty.part': 'Ձեր տեսածի մեջ դեռ ոչ մի գործ չկա։',
  'rooms.empty.wait': 'Հենց որ ադմինիստրատորը գործիք միացնի, այս էջը կլցվի։',
};

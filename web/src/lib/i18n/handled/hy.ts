import type { handled as english } from './en';

export const handled: Record<keyof typeof english, string> = {
  'handled.title': 'Ցանկից արձագանքված գործեր',
  'handled.none': 'Քանի դեռ տվյալներն այս ժամանակահատվածում էին, ոչ ոք գործ արձագանքված չի նշել։ Դա արվում է «Ում զանգել» ցանկում։',
  'handled.summary': 'Արձագանքվել է {n, number} գործի։',
  'handled.decided':
    'Որոշված ժամկետով {decided, number} գործից {kept, number}-ը պահել է ժամկետը, {late, number}-ը, այնուամենայնիվ, ուշացել է։',
  'handled.ahead': '{n, number} գործի ժամկետը դեռ առջևում է։',
  'handled.others': '{n, number} գործ արդեն ուշացած էր, ժամկետ չուներ կամ չեղարկվել է։',
  'handled.people': 'Ով է արձագանքել',
  'handled.person': '{n, number} գործ՝ {kept, number}-ը ժամանակին, {late, number}-ը ուշացած',
  'handled.list': 'Արձագանքված գործերը ({n, number})',
  'handled.more': '{n, number}-ից վերջին {shown, number}-ը։',
  'handled.date': 'այն ժամանակ խոստացված՝ {at}',
  'handled.outcome.kept': 'ժամկետը պահված է',
  'handled.outcome.late': 'այնուամենայնիվ ուշացել է',
  'handled.outcome.ahead': 'ժամկետը դեռ առջևում է',
  'handled.outcome.cancelled': 'չեղարկվել է ժամկետից առաջ',
  'handled.outcome.was-late': 'արդեն ուշացած էր',
  'handled.outcome.no-date': 'այն ժամանակ ժամկետ չկար',
};

import type { download as english } from './en';

export const download: Record<keyof typeof english, string> = {
  'download.menu.of': 'Այլ գործողություններ՝ «{title}»',
  'download.as': 'Որպես ֆայլ',
  'download.copy': 'Պատճենել թվերը',
  'download.copied': 'Պատճենված է։',
  'download.failed': 'Չստացվեց. {reason}',
  'download.script': 'Հրամանի տողից',
  'download.script.copy': 'Պատճենել տողը',
  'download.making': 'Գծվում է…',
  'download.done': 'Ֆայլը ձեր ներբեռնումների մեջ է՝ {name}։',
  'download.list': 'Ամբողջ ցանկը',
};

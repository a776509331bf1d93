import type { palette as english } from './en';

export const palette: Record<keyof typeof english, string> = {
  'palette.title': 'Գնալ, գտնել կամ անել',
  'palette.placeholder': 'Էջ, գծապատկեր, հաճախորդ, գործի համար…',
  'palette.pages': 'Էջ',
  'palette.items': 'Գործ',
  'palette.charts': 'Գծապատկեր',
  'palette.filters': 'Ցույց տալ միայն',
  'palette.found': '{n, plural, other {# տող}}. ընտրեք սլաքներով, բացեք Enter-ով',
  'palette.nothing': 'Այդ անունով ոչինչ չկա։ Գործերը գտնվում են ամբողջական բանալիով կամ համարով։',
  'keys.title': 'Ստեղնային հրամաններ',
  'keys.go': 'Գնալ՝ {name}',
  'keys.filter': 'Անցնել զտիչներին',
  'keys.earlier': 'Նախորդ ժամանակահատվածը',
  'keys.later': 'Հաջորդ ժամանակահատվածը',
  'keys.compare': 'Անջատել և միացնել համեմատումը',
  'keys.on': 'Մեկ ստեղնով հրամանները միացված են',
};

import type { apiDocs as english } from './en';

export const apiDocs: Record<keyof typeof english, string> = {
  'api-docs.title': 'API',
  'api-docs.lead':
    'Այն ամենը, ինչ անում է այս էջը, անցնում է մեկ API-ով, որը կարող են օգտագործել նաև սկրիպտները։ Այն ինքն է իրեն նկարագրում. նկարագրություններն անգլերեն են։',
  'api-docs.document': 'Ամբողջ նկարագրությունը (OpenAPI 3.1)',
  'api-docs.search': 'Որոնել ուղիները',
  'api-docs.count': '{n, plural, other {# ուղի}}',
  'api-docs.none': 'Այս բառերով ուղի չկա։',
  'api-docs.open': 'Բաց է բոլորի համար, ում հասանելի է սերվերը։',
  'api-docs.needs': 'Անհրաժեշտ իրավունք՝',
  'api-docs.not-you': 'Դուք չունեք։',
  'api-docs.required': 'պարտադիր',
  'api-docs.name': 'Անուն',
  'api-docs.takes': 'Ընդունում է',
  'api-docs.takes.of': 'Ինչ է ընդունում {route}',
  'api-docs.in.path': 'ուղու մեջ',
  'api-docs.in.query': 'հարցման մեջ',
  'api-docs.in.body': 'մարմնի մեջ',
  'api-docs.answers': 'Պատասխանը՝',
};

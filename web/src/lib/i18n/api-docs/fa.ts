import type { apiDocs as english } from './en';

export const apiDocs: Record<keyof typeof english, string> = {
  'api-docs.title': 'API',
  'api-docs.lead':
    'هر کاری که این صفحه می‌کند از یک API می‌گذرد و اسکریپت‌ها هم می‌توانند از آن استفاده کنند. API خودش را شرح می‌دهد؛ توضیح‌ها به انگلیسی است.',
  'api-docs.document': 'شرح کامل (OpenAPI)',
  'api-docs.search': 'جست‌وجو در مسیرها',
  'api-docs.count': '{n, plural, other {# مسیر}}',
  'api-docs.none': 'هیچ مسیری این واژه‌ها را ندارد.',
  'api-docs.open': 'باز برای هر کس که به سرور می‌رسد.',
  'api-docs.needs': 'حق لازم:',
  'api-docs.not-you': 'شما ندارید.',
  'api-docs.required': 'لازم',
  'api-docs.name': 'نام',
  'api-docs.takes': 'می‌گیرد',
  'api-docs.takes.of': 'آنچه {route} می‌گیرد',
  'api-docs.in.path': 'در مسیر',
  'api-docs.in.query': 'در پرسمان',
  'api-docs.in.body': 'در بدنه',
  'api-docs.answers': 'پاسخ:',
};

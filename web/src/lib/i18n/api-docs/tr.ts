import type { apiDocs as english } from './en';

export const apiDocs: Record<keyof typeof english, string> = {
  'api-docs.title': 'API',
  'api-docs.lead':
    'Bu sayfanın yaptığı her şey tek bir API üzerinden geçer; betikler de onu kullanabilir. API kendini tanımlar; açıklamalar İngilizcedir.',
  'api-docs.document': 'Tüm tanım (OpenAPI 3.1)',
  'api-docs.search': 'Yollarda ara',
  'api-docs.count': '{n, plural, other {# yol}}',
  'api-docs.none': 'Bu sözcükleri içeren bir yol yok.',
  'api-docs.open': 'Sunucuya ulaşan herkese açık.',
  'api-docs.needs': 'Gereken hak:',
  'api-docs.not-you': 'Sizde yok.',
  'api-docs.required': 'zorunlu',
  'api-docs.name': 'Ad',
  'api-docs.takes': 'Aldığı değer',
  'api-docs.takes.of': '{route} neleri alır',
  'api-docs.in.path': 'yolda',
  'api-docs.in.query': 'sorguda',
  'api-docs.in.body': 'gövdede',
  'api-docs.answers': 'Yanıt türü:',
};

/** Texts of the page that describes the API. */
export const apiDocs = {
  'api-docs.title': 'API',
  'api-docs.lead':
    'Everything this page does goes through one API, and scripts may use it too. It describes itself; the descriptions are in English.',
  'api-docs.document': 'The whole description (OpenAPI 3.1)',
  'api-docs.search': 'Search the routes',
  'api-docs.count': '{n, plural, one {# route} other {# routes}}',
  'api-docs.none': 'No route has these words.',
  'api-docs.open': 'Open to whoever reaches the server.',
  'api-docs.needs': 'Needs the right',
  'api-docs.not-you': 'Not yours.',
  'api-docs.required': 'required',
  'api-docs.name': 'Name',
  'api-docs.takes': 'Takes',
  'api-docs.takes.of': 'What {route} takes',
  'api-docs.in.path': 'in the path',
  'api-docs.in.query': 'in the query',
  'api-docs.in.body': 'in the body',
  'api-docs.answers': 'Answers with',
};

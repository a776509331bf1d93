export const sql = {
  'sql.show': 'Ցույց տալ SQL-ը',
  'sql.lead': 'Ինչ է կատարվում Postgres-ում թիվը ստանալու համար, իր պարամետրերով. միջակայքը հաշվվում է այս թվերից։',
  'sql.copy': 'Պատճենել',
  'sql.copied': 'Պատճենված է',
  'sql.region': 'SQL՝ {name}',
};

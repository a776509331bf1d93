export const sql = {
  'sql.show': 'SQL’i göster',
  'sql.lead': 'Sayıyı almak için Postgres’te çalışan metin ve parametreleri; aralık bu sayılardan hesaplanır.',
  'sql.copy': 'Kopyala',
  'sql.copied': 'Kopyalandı',
  'sql.region': 'SQL: {name}',
};

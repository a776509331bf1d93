export const sql = {
  'sql.show': 'نمایش SQL',
  'sql.lead': 'آنچه در Postgres اجرا می‌شود تا این عدد به دست آید، با پارامترهایش؛ بازه از همین رقم‌ها حساب می‌شود.',
  'sql.copy': 'رونوشت',
  'sql.copied': 'رونوشت شد',
  'sql.region': 'SQL برای {name}',
};

export const sql = {
  'sql.show': 'نمایش SQL',
  'sql.lead': 'آنچه در Postgres اجرا می‌شود تا این عدد به دست آید، با پارامترهایش؛ بازهٔ اطمینان از همین ارقام محاسبه می‌شود.',
  'sql.copy': 'کپی',
  'sql.copied': 'کپی شد',
  'sql.region': 'SQL برای {name}',
};

/** Texts of the SQL behind a number. */
export const sql = {
  'sql.show': 'Show the SQL',
  'sql.lead': 'What runs in Postgres to get the number, with its parameters; the interval is worked out from these figures.',
  'sql.copy': 'Copy',
  'sql.copied': 'Copied',
  'sql.region': 'SQL of {name}',
} as const;

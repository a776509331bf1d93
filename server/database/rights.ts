/** Who of the program signs in: `app` serves the page and the API, `etl` reads tools and derives facts. */
type Login = 'app' | 'etl';

/** What a login of the program may in tables and views of a schema. Those that are not named here it cannot read either. */
interface TableRight {
  login: Login;
  schema: string;
  may: readonly string[];
  /** All of the schema, where neither is given. */
  only?: readonly string[];
  except?: readonly string[];
}

const everything = ['select', 'insert', 'update', 'delete'];
const read = ['select'];
const addAndExpire = ['select', 'insert', 'delete'];

export const tableRights: readonly TableRight[] = [
  { login: 'app', schema: 'app', may: everything, except: ['analyst_role', 'audit', 'reader'] },
  { login: 'app', schema: 'app', may: read, only: ['analyst_role', 'reader'] },
  { login: 'app', schema: 'app', may: addAndExpire, only: ['audit'] },
  { login: 'app', schema: 'core', may: read },
  { login: 'app', schema: 'ingest', may: read, except: ['secret', 'push_token'] },
  { login: 'app', schema: 'facts', may: read },
  // What somebody believes is an item's mark: it makes a new version of the facts.
  { login: 'app', schema: 'facts', may: ['insert'], only: ['dirty'] },
  { login: 'app', schema: 'measured', may: read },
  { login: 'app', schema: 'analytics', may: read },
  { login: 'app', schema: 'public', may: read, only: ['throughline_migration'] },
  { login: 'etl', schema: 'core', may: everything },
  { login: 'etl', schema: 'ingest', may: everything },
  { login: 'etl', schema: 'measured', may: read },
  { login: 'etl', schema: 'app', may: ['select', 'insert', 'update'], only: ['setting', 'retention_run'] },
  { login: 'etl', schema: 'app', may: addAndExpire, only: ['audit'] },
];

export const schemaRights: readonly { login: Login; schema: string; may: string }[] = [
  ...['app', 'core', 'ingest', 'facts', 'measured', 'analytics', 'public'].map((schema) => ({
    login: 'app' as const,
    schema,
    may: 'usage',
  })),
  ...['app', 'core', 'ingest', 'facts', 'measured'].map((schema) => ({ login: 'etl' as const, schema, may: 'usage' })),
  { login: 'etl', schema: 'facts', may: 'create' },
];

/** A page of a sync, and what is derived at once, pass through temporary tables. */
export const databaseRights: readonly { login: Login; may: string }[] = [
  { login: 'app', may: 'connect' },
  { login: 'etl', may: 'connect' },
  { login: 'etl', may: 'temporary' },
];

/** Schemas that are the program's own, with all that is in them. */
export const ownSchemas = ['analytics', 'app', 'core', 'facts', 'ingest', 'measured'];

/** Functions of PostgreSQL that the workbench takes from everybody and the program calls, some by views of the catalogue. */
export const calledFunctions = [
  'pg_advisory_lock(bigint)',
  'pg_advisory_unlock_all()',
  'pg_advisory_xact_lock(bigint)',
  'pg_export_snapshot()',
  'pg_lock_status()',
  'pg_stat_get_activity(integer)',
  'pg_timezone_names()',
  'pg_try_advisory_lock(bigint)',
  'set_config(text,text,boolean)',
];

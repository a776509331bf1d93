import { resolve } from 'node:path';
import { z } from 'zod';
import { keyOf } from '#etl/vault/key.js';
import { readOidcSettings, type OidcSettings } from './access/oidc-settings.js';
import { type MailSettings, readMailSettings } from './mail/settings.js';
import { packageRoot } from './package-root.js';
import { StartError } from './start-error.js';

const loopback = ['127.0.0.1', 'localhost', '::1'];

const Environment = z.object({
  PORT: z.coerce
    .number({ error: 'a port from 0 to 65535' })
    .int('a port from 0 to 65535')
    .min(0, 'a port from 0 to 65535')
    .max(65_535, 'a port from 0 to 65535')
    .default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'an address such as postgres://user:password@host:5432/database')
    .optional(),
  METRIC_ENGINE: z.enum(['duckdb', 'postgres'], { error: 'duckdb or postgres' }).default('duckdb'),
  THROUGHLINE_SECRET_KEY: z
    .string()
    .refine(isKey, '64 hexadecimal digits that nobody can guess, as "openssl rand -hex 32" prints')
    .optional(),
  THROUGHLINE_ALLOW_HOSTS: z
    .string()
    .regex(/^[\w.:[\]-]+(,[\w.:[\]-]+)*$/, 'hosts with their ports, as in redmine.intern:443,10.0.0.5:80')
    .optional(),
  THROUGHLINE_BOARDS_DIR: z.string().min(1).optional(),
  THROUGHLINE_SMTP_URL: z.string().optional(),
  THROUGHLINE_MAIL_FROM: z.string().optional(),
  THROUGHLINE_MAIL_DOMAINS: z.string().optional(),
  THROUGHLINE_PUBLIC_URL: z.string().refine(isPublicUrl, 'an address such as https://throughline.company.com, without a path').optional(),
  THROUGHLINE_SIGN_IN: z.enum(['required', 'off'], { error: 'required or off' }).default('required'),
  THROUGHLINE_REQUIRE_SECOND_FACTOR: z.enum(['no', 'admins', 'all'], { error: 'no, admins or all' }).default('no'),
  THROUGHLINE_SHARE_LINKS: z.enum(['on', 'off'], { error: 'on or off' }).default('off'),
  THROUGHLINE_WORKBENCH_BELOW_FLOOR: z.enum(['refuse', 'allow'], { error: 'refuse or allow' }).default('refuse'),
  THROUGHLINE_LOG: z.enum(['text', 'json'], { error: 'text or json' }).default('text'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/, error: 'an address such as http://127.0.0.1:4318' }).optional(),
  PUBLISHED_ON_LOOPBACK_BY: z.enum(['container'], { error: 'container, or nothing' }).optional(),
});

/** Everything the program is told from outside. Paths are absolute. */
export interface Config {
  port: number;
  host: string;
  dataDirectory: string;
  /** Of the columnar copy, which holds customers' data; readable by its owner alone. */
  metricDirectory: string;
  /** Null: the embedded database. */
  databaseUrl: string | null;
  metricEngine: 'duckdb' | 'postgres';
  /** Key of the tokens of connections, in hex; null: in a file of the data directory. */
  secretKey: string | null;
  /** With boards of the user's own, a file each; null: there are none. */
  boardsDirectory: string | null;
  /** Host and port of tools on a private network that may be asked. */
  privateHosts: string[];
  mail: MailSettings;
  /** Where links in messages lead, without a slash at the end. */
  publicUrl: string;
  /** `off`: everybody who reaches the port may do everything; on the loopback address alone. */
  signIn: 'required' | 'off';
  /** Who has to have a second factor before anything else. */
  secondFactor: 'no' | 'admins' | 'all';
  /** Where PostgreSQL is older than it should be for queries of one's own: whether others than administrators may ask them. */
  workbenchBelowFloor: 'refuse' | 'allow';
  /** `json`: an object a line, and one for each request. */
  log: 'text' | 'json';
  /** Where spans are sent, an OTLP receiver over HTTP; null: nothing is traced. */
  traceEndpoint: string | null;
  /** Pages may be shown to those without an account, by a link. */
  hasShareLinks: boolean;
  /** Who vouches for people beside their passwords; null: nobody. */
  oidc: OidcSettings | null;
}

/** Nest token of the `Config`. */
export const CONFIG = Symbol('config');

/** Reads and checks the environment; empty values count as not given. Throws a `StartError` that names the value and the remedy. */
export function readConfig(environment: Record<string, string | undefined>, directory = process.cwd()): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  const read = Environment.safeParse(given);
  if (!read.success) {
    const issue = read.error.issues[0];
    const name = String(issue?.path[0]);
    throw new StartError(`${name}=${shown(name, given[name])} is not valid; it must be ${issue?.message}.`);
  }
  const {
    PORT,
    HOST,
    DATA_DIR,
    DATABASE_URL,
    METRIC_ENGINE,
    THROUGHLINE_SECRET_KEY,
    THROUGHLINE_ALLOW_HOSTS,
    THROUGHLINE_BOARDS_DIR,
    THROUGHLINE_PUBLIC_URL,
    THROUGHLINE_SIGN_IN,
    PUBLISHED_ON_LOOPBACK_BY,
  } = read.data;
  const publicUrl = THROUGHLINE_PUBLIC_URL === undefined ? `http://127.0.0.1:${PORT}` : new URL(THROUGHLINE_PUBLIC_URL).origin;
  if (!loopback.includes(HOST)) {
    if (THROUGHLINE_SIGN_IN === 'off') {
      throw new StartError(
        `THROUGHLINE_SIGN_IN=off is refused with HOST=${HOST}: anyone who reaches the port would read and change everything. ` +
          'Leave one of the two out.',
      );
    }
    if (PUBLISHED_ON_LOOPBACK_BY === undefined && !publicUrl.startsWith('https:')) {
      throw new StartError(
        `HOST=${HOST} is refused: passwords would cross the network in the clear. Set THROUGHLINE_PUBLIC_URL to the https address ` +
          'of the proxy in front, or leave HOST out (127.0.0.1); in a container see PUBLISHED_ON_LOOPBACK_BY in docs/configuration.md.',
      );
    }
  }
  const dataDirectory = DATA_DIR === undefined ? resolve(packageRoot, 'data') : resolve(directory, DATA_DIR);
  return {
    port: PORT,
    host: HOST,
    dataDirectory,
    metricDirectory: resolve(dataDirectory, 'metrics'),
    databaseUrl: DATABASE_URL ?? null,
    metricEngine: METRIC_ENGINE,
    secretKey: THROUGHLINE_SECRET_KEY ?? null,
    boardsDirectory: THROUGHLINE_BOARDS_DIR === undefined ? null : resolve(directory, THROUGHLINE_BOARDS_DIR),
    privateHosts: THROUGHLINE_ALLOW_HOSTS?.split(',') ?? [],
    mail: readMailSettings(read.data),
    publicUrl,
    signIn: THROUGHLINE_SIGN_IN,
    workbenchBelowFloor: read.data.THROUGHLINE_WORKBENCH_BELOW_FLOOR,
    log: read.data.THROUGHLINE_LOG,
    traceEndpoint: read.data.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    secondFactor: read.data.THROUGHLINE_REQUIRE_SECOND_FACTOR,
    hasShareLinks: read.data.THROUGHLINE_SHARE_LINKS === 'on',
    oidc: readOidcSettings(given, THROUGHLINE_ALLOW_HOSTS?.split(',') ?? []),
  };
}

function isKey(text: string): boolean {
  try {
    return keyOf(text, 'it').bytes.length > 0;
  } catch {
    return false;
  }
}

function isPublicUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username, password } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && pathname === '/' && `${search}${hash}${username}${password}` === '';
}

function shown(name: string, value: string | undefined): string {
  return ['DATABASE_URL', 'THROUGHLINE_SECRET_KEY', 'THROUGHLINE_SMTP_URL', 'THROUGHLINE_OIDC_CLIENT_SECRET'].includes(name)
    ? '(hidden)'
    : (value ?? '');
}

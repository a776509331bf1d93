import { z } from 'zod';
import { needsTimes, tableShape } from '../../tables/mapping.js';

/** The mapping of a query is that of a table: its columns are the query's. */
const mappingSchema = z.strictObject(tableShape).superRefine(needsTimes);

const schemes = ['postgres:', 'postgresql:', 'mysql:', 'mariadb:'];

const address = z.string().superRefine((value, context) => {
  const problem = addressProblem(value);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

const seconds = z.coerce.number().int();

export const sqlConfigSchema = z.strictObject({
  /** `postgres://reader@db.example.com:5432/desk`, or `mysql://…`; never with the password, which is a secret. */
  address,
  /** One select, without parameters. */
  query: z
    .string()
    .transform((query) => query.trim().replace(/;$/, '').trimEnd())
    .refine((query) => query !== '', 'write the select that gives the rows'),
  /** What tells new rows: a time of the last change, or an id that grows. Without it every sync reads all rows. */
  cursor: z
    .strictObject({
      column: z.string().min(1),
      /** Read again before where the last sync ended, since rows are seen only once they are committed: seconds, or ids. */
      overlap: seconds.min(0).optional(),
    })
    .optional(),
  /** `verify` where the host is another machine. `unverified` hides the traffic, but not from one who stands in for the server. */
  tls: z.enum(['verify', 'unverified', 'off']).optional(),
  /** PEM of the authority that signed the server's certificate, where it is not a public one. */
  ca: z.string().startsWith('-----BEGIN CERTIFICATE-----', 'a certificate in PEM begins with -----BEGIN CERTIFICATE-----').optional(),
  /** Longest time of one statement. */
  timeoutSeconds: seconds.min(1).max(86_400).default(1_800),
  mapping: mappingSchema,
});
export type SqlConfig = z.infer<typeof sqlConfigSchema>;

export interface Server {
  dialect: 'postgres' | 'mysql';
  host: string;
  port: number;
  user: string;
  database: string;
}

/** The parts of an address that was checked. */
export function serverOf(value: string): Server {
  const url = new URL(value);
  const dialect = url.protocol.startsWith('postgres') ? 'postgres' : 'mysql';
  return {
    dialect,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (dialect === 'postgres' ? 5432 : 3306) : Number(url.port),
    user: decodeURIComponent(url.username),
    database: decodeURIComponent(url.pathname.slice(1)),
  };
}

function addressProblem(value: string): string | null {
  const example = 'write it like postgres://reader@db.example.com:5432/desk or mysql://reader@db.example.com/desk';
  if (!URL.canParse(value)) return `not an address; ${example}`;
  const url = new URL(value);
  if (!schemes.includes(url.protocol)) return `${url.protocol}// is not spoken; ${example}`;
  if (url.password !== '') return 'leave the password out of the address; it is given as the secret "password"';
  if (url.search !== '' || url.hash !== '') return `settings behind "?" are not read; ${example}, and use tls, ca and timeoutSeconds`;
  if (url.hostname === '' || url.username === '' || url.pathname.length < 2) return `host, user or database is missing; ${example}`;
  return null;
}

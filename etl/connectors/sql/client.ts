import { checkLiteral, guardedLookup } from '../../http/address.js';
import type { Context } from '../../connector.js';
import { openMysql } from './mysql.js';
import { serverOf, type Server, type SqlConfig } from './payload.js';
import { openPostgres } from './postgres.js';
import type { Opening, SourceDatabase } from './source-database.js';

const loopback = ['localhost', '127.0.0.1', '::1'];

/** Opens the database. Throws `SourceError` naming server and remedy, never the password. */
export async function openDatabase(config: SqlConfig, context: Context): Promise<SourceDatabase> {
  const server = serverOf(config.address);
  const mode = config.tls ?? (loopback.includes(server.host) ? 'off' : 'verify');
  const opening: Opening = {
    server,
    address: await checkedAddress(server),
    password: await context.secret('password'),
    tls: mode === 'off' ? null : { rejectUnauthorized: mode === 'verify', ...(config.ca === undefined ? {} : { ca: config.ca }) },
    query: config.query,
    timeoutMs: config.timeoutSeconds * 1000,
  };
  return server.dialect === 'postgres' ? openPostgres(opening) : openMysql(opening);
}

/** Databases stand in private networks; what no tool may reach is refused here too. The name is looked up once. */
async function checkedAddress({ host, port }: Server): Promise<string> {
  const name = host.includes(':') ? `[${host}]` : host;
  const url = new URL(`http://${name}:${port}`);
  const allowed = [`${url.hostname}:${url.port === '' ? '80' : url.port}`];
  checkLiteral(url, allowed);
  return new Promise((resolve, reject) => {
    guardedLookup(url, allowed)(host, {}, (error, address) => (error ? reject(error) : resolve(String(address))));
  });
}

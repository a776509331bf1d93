import pg from 'pg';
import { syncConnection } from '../../../etl/sync.js';

/** Syncs a connection and kills itself at the statement of this number; prints how many statements a whole sync took. */
const [url = '', name = '', statement = '0', when = 'before'] = process.argv.slice(2);

const kill = () => process.kill(process.pid, 'SIGKILL');
let count = 0;
const original = pg.Client.prototype.query;
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  count += 1;
  const isLast = count === Number(statement);
  if (isLast && when === 'before') kill();
  if (isLast) setImmediate(kill);
  return Reflect.apply(original, this, args);
} as typeof original;

const pool = new pg.Pool({ connectionString: url, max: 2 });
await syncConnection(pool, name);
await pool.end();
process.stdout.write(String(count));

import pg from 'pg';
import { createNetwork } from '../../../etl/http/network.js';
import { builtInConnectors } from '../../../etl/connectors/index.js';
import { syncConnection } from '../../../etl/sync.js';
import { referenceConnector } from '../conformance/reference/connector.js';

/**
 * Syncs a connection and kills or stops itself at the statement of this number; prints how many statements a whole sync
 * took. `stop`: it stands still until it is told to go on, then says what became of it.
 */
const [url = '', name = '', statement = '0', when = 'before', allowed = '', token = '', leaseMs = '30000'] = process.argv.slice(2);

const kill = () => process.kill(process.pid, when === 'stop' ? 'SIGSTOP' : 'SIGKILL');
let count = 0;
const original = pg.Client.prototype.query;
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  count += 1;
  const isLast = count === Number(statement);
  if (isLast && when !== 'after') kill();
  if (isLast && when === 'after') setImmediate(kill);
  return Reflect.apply(original, this, args);
} as typeof original;

const pool = new pg.Pool({ connectionString: url, max: 3, application_name: 'sync child' });
pool.on('error', () => undefined);
const outcome = await syncConnection(pool, name, {
  connectors: { ...builtInConnectors, reference: referenceConnector },
  network: createNetwork({ allowed: [allowed] }),
  secret: async () => token,
  census: 'never',
  leaseMs: Number(leaseMs),
}).then(
  () => String(count),
  (error: unknown) => `${(error as Error).name}: ${(error as Error).message}`,
);
process.stdout.write(outcome);
await pool.end();

import { statfs } from 'node:fs/promises';
import type { CliContext } from '../cli-context.js';
import { readConnections } from '../dashboards/state.js';
import { readPageFiles } from '../page/page-files.js';
import { StartError } from '../start-error.js';

/** One thing looked at. `remedy`: what to do; null where all is well. */
export interface Finding {
  subject: string;
  found: string;
  remedy: string | null;
}

/** Below this a sync may fill the disk before anyone looks. */
const leastFreeBytes = 2 * 1024 ** 3;

/** Looks at everything a person would look at. The database is open, so it can be reached and its schema is this program's. */
export async function examine(context: CliContext): Promise<Finding[]> {
  return [
    runtime(),
    await database(context),
    await disk(context.config.dataDirectory),
    page(),
    await facts(context),
    await mail(context),
    ...(await connections(context)),
  ];
}

function runtime(): Finding {
  const isSupported = Number(process.versions.node.split('.')[0]) >= 24;
  return {
    subject: 'Node',
    found: `${process.versions.node} on ${process.platform}-${process.arch}`,
    remedy: isSupported ? null : 'Use npm run throughline, which brings its own Node.',
  };
}

async function database({ pool, config }: CliContext): Promise<Finding> {
  const { rows } = await pool.query<{ version: string; size: string }>(
    `select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size`,
  );
  const where = config.databaseUrl === null ? `embedded, ${config.dataDirectory}` : 'DATABASE_URL';
  return { subject: 'database', found: `PostgreSQL ${rows[0]?.version} (${where}), ${rows[0]?.size}`, remedy: null };
}

async function disk(directory: string): Promise<Finding> {
  const room = await statfs(directory);
  const free = room.bavail * room.bsize;
  return {
    subject: 'disk',
    found: `${(free / 1024 ** 3).toFixed(1)} GiB free at ${directory}`,
    remedy: free >= leastFreeBytes ? null : 'Make room, or move the data directory and set DATA_DIR.',
  };
}

function page(): Finding {
  try {
    return { subject: 'page', found: `${readPageFiles().names.size} files built`, remedy: null };
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    return { subject: 'page', found: error.message, remedy: 'Run "npm run build".' };
  }
}

async function facts({ pool }: CliContext): Promise<Finding> {
  const { rows } = await pool.query<{ version: number; dirty: number }>(
    'select version::float8 as version, (select count(*)::int from facts.dirty) as dirty from facts.state',
  );
  const dirty = rows[0]?.dirty ?? 0;
  return {
    subject: 'facts',
    found: `version ${rows[0]?.version ?? 0}${dirty === 0 ? '' : `, ${dirty} items not derived yet`}`,
    remedy: dirty === 0 ? null : 'A running server derives them within seconds; without one run "throughline sync".',
  };
}

async function mail({ pool, config }: CliContext): Promise<Finding> {
  const { rows } = await pool.query<{ waiting: number; failed: number; reason: string | null }>(
    `select
      (count(*) filter (where state in ('queued', 'unknown') and attempts > 0))::int as waiting,
      (count(*) filter (where state = 'failed'))::int as failed,
      (array_agg(reason order by queued_at desc) filter (where state = 'failed'))[1] as reason
    from app.mail
    where queued_at > now() - interval '30 days'`,
  );
  const { waiting = 0, failed = 0, reason = null } = rows[0] ?? {};
  const way =
    config.mail.smtp === null
      ? `no mail server, messages go to ${config.dataDirectory}/mail`
      : `${config.mail.smtp.host}:${config.mail.smtp.port}`;
  const remedies = [
    ...(failed > 0
      ? [
          `The latest failed because: ${reason ?? 'no reason was kept'}. See "throughline mail list", mend it and say "throughline mail retry".`,
        ]
      : []),
    ...(waiting > 0 ? ['Say "throughline mail test ADDRESS" to find where it stops.'] : []),
  ];
  return {
    subject: 'mail',
    found: `${way}; in 30 days ${failed} failed, ${waiting} tried and waiting`,
    remedy: remedies.length === 0 ? null : remedies.join(' '),
  };
}

async function connections({ pool }: CliContext): Promise<Finding[]> {
  const states = await readConnections(pool);
  return states.map(({ name, items, asOf, lastRun, quarantined, unmappedStatuses }) => {
    const remedies = [
      ...(lastRun && lastRun.state !== 'complete' && lastRun.state !== 'running'
        ? [`The last run is ${lastRun.state}${lastRun.error === null ? '' : ` (${lastRun.error})`}: run "throughline sync" for it again.`]
        : []),
      ...(quarantined > 0 ? [`${quarantined} records are in quarantine: see "throughline quarantine list".`] : []),
      ...(unmappedStatuses.length > 0 ? [`Give these statuses a meaning in its mapping: ${unmappedStatuses.join(', ')}.`] : []),
    ];
    return {
      subject: `connection ${name}`,
      found: `${items} items, ${asOf === null ? 'no complete sync yet' : `data to ${asOf}`}`,
      remedy: remedies.length === 0 ? null : remedies.join(' '),
    };
  });
}

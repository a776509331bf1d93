import 'reflect-metadata';
import { isBehindTls } from './access/session-cookie.js';
import { firstAdminLink } from './access/welcome-links.js';
import { AppModule } from './app.module.js';
import { readConfig } from './config.js';
import { announce, announceToPerson, startSteps } from './console.js';
import { knownBoards } from './dashboards/known-boards.js';
import { openDatabase } from './database/open.js';
import { prepareDataDirectory } from './database/placement.js';
import { takeServerSeat } from './database/server-seat.js';
import { listen, provePortIsFree } from './http/listen.js';
import { Lifetime } from './lifetime.js';
import { openMetricEngine } from './metrics/open-engine.js';
import { deriveFacts } from './metrics/facts/derive.js';
import { packageVersion } from './package-root.js';
import { readPageFiles } from './page/page-files.js';
import { isSampleDue, loadSample } from './sync/sample.js';
import { neverLogPasswordOf, startLog } from './telemetry/start-log.js';
import { startTracing } from './telemetry/start-tracing.js';
import { tracedEngine } from './telemetry/traced-engine.js';

const lifetime = new Lifetime();

async function start(signal: AbortSignal): Promise<void> {
  const config = readConfig(process.env);
  startLog(config);
  knownBoards(config.boardsDirectory);
  const page = readPageFiles();
  await prepareDataDirectory(config.dataDirectory);
  const seat = await takeServerSeat(config.dataDirectory);
  signal.addEventListener('abort', () => seat.announceLeaving());
  lifetime.atEnd(() => seat.release());
  await provePortIsFree(config);
  if (config.traceEndpoint !== null) lifetime.atEnd(await startTracing(config.traceEndpoint, 'throughline'));
  announce(`Throughline ${packageVersion}`);
  const step = startSteps(process.stdout);

  const database = await openDatabase(config, step);
  lifetime.atEnd(() => database.close());
  for (const { options } of [database.pool, database.etlPool]) neverLogPasswordOf(options.connectionString ?? '');
  neverLogPasswordOf(database.url);
  signal.throwIfAborted();
  if (database.isEmbedded && (await isSampleDue(database.etlPool))) {
    await step(
      'sample',
      () => loadSample(database.etlPool, { signal, now: new Date() }),
      (items) => `${items} items of a made-up company`,
    );
  }
  await step(
    'facts',
    () => deriveFacts(database.etlPool, { signal }),
    ({ items }) => (items === 0 ? 'up to date' : `${items} items derived`),
  );
  signal.throwIfAborted();
  const engine = await step(
    'metrics',
    () => openMetricEngine({ pool: database.pool, directory: config.metricDirectory, engine: config.metricEngine }),
    ({ name }) => `answered by ${name === 'duckdb' ? 'DuckDB' : 'PostgreSQL'}`,
  );
  lifetime.atEnd(() => engine.close());
  const traceable = config.traceEndpoint === null ? engine : tracedEngine(engine);
  signal.throwIfAborted();
  const { app, address } = await step(
    'page',
    () => listen(AppModule.with({ config, database, engine: traceable }, page), page, config),
    () => 'served',
  );
  lifetime.atEnd(() => app.close());
  announce(`Throughline is ready: ${address}`);
  const link = config.signIn === 'required' ? await firstAdminLink(database.pool, new Date()) : null;
  if (link)
    announceToPerson(
      `Make the first administrator: ${isBehindTls(config) ? config.publicUrl : address}${link.path}`,
      'There is no administrator yet. The command "user link" prints the link that makes the first.',
    );
}

lifetime.start(start);

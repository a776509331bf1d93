import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { readConfig } from './config.js';
import { announce, startSteps } from './console.js';
import { openDatabase } from './database/open.js';
import { Lifetime } from './lifetime.js';
import { openMetricEngine } from './metrics/open-engine.js';
import { packageVersion } from './package-root.js';
import { neverLogPasswordOf, startLog } from './telemetry/start-log.js';
import { startTracing } from './telemetry/start-tracing.js';

const lifetime = new Lifetime();

/** Does what is due, without serving anyone: facts of what was loaded. As many as you like may run beside the server. */
async function start(signal: AbortSignal): Promise<void> {
  const config = readConfig(process.env);
  startLog(config);
  if (config.traceEndpoint !== null) lifetime.atEnd(await startTracing(config.traceEndpoint, 'throughline-worker'));
  announce(`Throughline ${packageVersion}, worker`);
  const database = await openDatabase(config, startSteps(process.stdout));
  lifetime.atEnd(() => database.close());
  for (const { options } of [database.pool, database.etlPool]) neverLogPasswordOf(options.connectionString ?? '');
  neverLogPasswordOf(database.url);
  signal.throwIfAborted();
  const engine = await openMetricEngine({ pool: database.pool, directory: config.metricDirectory, engine: 'postgres' });
  lifetime.atEnd(() => engine.close());
  const app = await NestFactory.createApplicationContext(AppModule.asWorker({ config, database, engine }), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  lifetime.atEnd(() => app.close());
  announce('The worker is ready.');
}

lifetime.start(start);

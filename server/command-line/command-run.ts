import { readConfig } from '../config.js';
import { silentStep } from '../console.js';
import { openDatabase } from '../database/open.js';
import type { MetricEngine } from '../metrics/engine.js';
import { openMetricEngine } from '../metrics/open-engine.js';
import { onStopSignals } from '../stop-signals.js';
import type { CliContext, WithContext } from './cli-context.js';

/** Opens what a command needs, runs it and closes everything, whatever comes. Ctrl-C asks the command to stop; a second one ends it. */
export const runWithContext: WithContext = async (action) => {
  const stopped = stopSignal();
  const config = readConfig(process.env);
  const database = await openDatabase(config, silentStep);
  let engine: Promise<MetricEngine> | null = null;
  const context: CliContext = {
    pool: database.pool,
    etlPool: database.etlPool,
    rights: database.rights,
    databaseUrl: database.url,
    config,
    engine: () => (engine ??= openMetricEngine({ pool: database.pool, directory: config.metricDirectory, engine: config.metricEngine })),
    signal: stopped,
    print: (value) => void process.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
    exitWith: (code) => {
      process.exitCode = code;
    },
  };
  try {
    await action(context);
  } finally {
    // An engine that did not open has told so through the command.
    await (engine as Promise<MetricEngine> | null)?.then(
      (opened) => opened.close(),
      () => undefined,
    );
    await database.close();
  }
};

/** Aborted when the process is asked to stop, and when nobody takes our output any more. */
function stopSignal(): AbortSignal {
  const stopped = new AbortController();
  onStopSignals(() => stopped.abort(new Error('Stopped on request.')));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (stopped.signal.aborted) return;
    stopped.abort(error);
    // `throughline … | head` closes our output early; that is no failure.
    if (error.code === 'EPIPE') return;
    process.exitCode = 1;
    process.stderr.write(`error: the output cannot be written (${error.code})\n`);
  });
  return stopped.signal;
}

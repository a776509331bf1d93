import { tmpdir } from 'node:os';
import { Command, CommanderError } from 'commander';
import type pg from 'pg';
import type { WithContext } from '#server/command-line/cli-context.js';
import { readConfig } from '#server/config.js';
import { openMetricEngine } from '#server/metrics/open-engine.js';

export interface Ran {
  printed: unknown[];
  notes: string[];
  exitCode: number;
  /** Of the error it ended with. */
  error: string | null;
}

/** Runs a command as the command line does, over a test database; Postgres answers. */
export async function runCommand(pool: pg.Pool, register: (program: Command, run: WithContext) => void, words: string[]): Promise<Ran> {
  const ran: Ran = { printed: [], notes: [], exitCode: 0, error: null };
  const config = { ...readConfig({}), dataDirectory: tmpdir(), metricEngine: 'postgres' as const };
  const program = new Command('throughline')
    .exitOverride()
    .configureOutput({ writeErr: (text) => ran.notes.push(text), writeOut: (text) => ran.printed.push(text) });
  register(program, (action) =>
    action({
      pool,
      etlPool: pool,
      rights: { isLeast: true, app: '', etl: '' },
      databaseUrl: pool.options.connectionString ?? '',
      config,
      engine: () => openMetricEngine({ pool, directory: tmpdir(), engine: 'postgres' }),
      signal: new AbortController().signal,
      print: (value) => void ran.printed.push(value),
      note: (line) => void ran.notes.push(line),
      exitWith: (code) => (ran.exitCode = code),
    }),
  );
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  try {
    await program.parseAsync(['node', 'throughline', ...words]);
  } catch (error) {
    ran.error = error instanceof Error ? error.message : String(error);
    ran.exitCode = error instanceof CommanderError ? error.exitCode : 1;
  }
  return ran;
}

import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { hasCode, reasonOf } from '#etl/error-code.js';
import { registerTokenCommand } from './access/token.cli.js';
import { registerUserCommand } from './access/user.cli.js';
import { registerAlertCommand } from './alerts/alert.cli.js';
import { registerAuditCommand } from './audit/audit.cli.js';
import { recordingCommands } from './audit/audited-commands.js';
import { registerBackupCommands } from './backup/backup.cli.js';
import { registerBeliefCommand } from './beliefs/belief.cli.js';
import { registerChannelCommand } from './channels/channel.cli.js';
import { runWithContext } from './command-line/command-run.js';
import { optionDescription } from './command-line/option-help.js';
import { registerConnectCommand } from './connections/connect.cli.js';
import { registerConnectionCommands } from './connections/connections.cli.js';
import { registerMetricCommand } from './dashboards/metric.cli.js';
import { registerWhyCommand } from './dashboards/why.cli.js';
import { registerExportScheduleCommand } from './export-schedules/export-schedule.cli.js';
import { registerExportCommand } from './exports/export.cli.js';
import { registerSchemaCommand } from './exports/schema.cli.js';
import { registerRebuildCommand } from './facts/rebuild.cli.js';
import { registerDoctorCommand } from './health/doctor.cli.js';
import { registerConnectPushCommand } from './ingest/connect-push.cli.js';
import { registerWebhookCommand } from './ingest/webhook.cli.js';
import { registerMailCommand } from './mail/mail.cli.js';
import { MetricError } from './metrics/request.js';
import { registerNoteCommand } from './notes/note.cli.js';
import { registerOpenApiCommand } from './openapi/openapi.cli.js';
import { packageVersion } from './package-root.js';
import { registerPrivacyCommands } from './privacy/privacy.cli.js';
import { registerQualityCommand } from './quality/quality.cli.js';
import { Refusal } from './refusal.js';
import { registerReportCommand } from './reports/report.cli.js';
import { registerRestatementsCommand } from './restatements/restatements.cli.js';
import { registerScheduleCommand } from './schedules/schedule.cli.js';
import { registerSecretsCommand } from './secrets.cli.js';
import { registerCensusCommand } from './sync/census.cli.js';
import { registerImportCommand } from './sync/import.cli.js';
import { registerQuarantineCommand } from './sync/quarantine.cli.js';
import { registerSampleCommand } from './sync/sample.cli.js';
import { registerStatusCommand } from './sync/status.cli.js';
import { registerSyncCommand } from './sync/sync.cli.js';
import { registerTargetCommand } from './targets/target.cli.js';
import { registerWatchCommand } from './watch/watch.cli.js';
import { registerAnalystCommand } from './workbench/analyst.cli.js';
import { registerQueryCommand } from './workbench/query.cli.js';
import { registerWorkbenchCommand } from './workbench/workbench.cli.js';

const program = new Command('throughline')
  .description('Measures customer experience where it is made: consistency, delay and handoff loss.')
  .version(packageVersion)
  .configureHelp({ optionDescription })
  .showHelpAfterError('Add --help to see what the command takes.')
  .addHelpText(
    'after',
    '\nWorks with the server running or not. PORT, HOST, DATA_DIR, DATABASE_URL and METRIC_ENGINE are read from the environment.' +
      '\nExit codes: 0 done; 1 failed; 2 asked wrongly; more where a command says so.',
  )
  .exitOverride();

const registrations = [
  registerImportCommand,
  registerConnectCommand,
  registerConnectionCommands,
  registerConnectPushCommand,
  registerWebhookCommand,
  registerSyncCommand,
  registerStatusCommand,
  registerSecretsCommand,
  registerQuarantineCommand,
  registerCensusCommand,
  registerQualityCommand,
  registerMetricCommand,
  registerBeliefCommand,
  registerTargetCommand,
  registerWhyCommand,
  registerWatchCommand,
  registerRestatementsCommand,
  registerNoteCommand,
  registerExportCommand,
  registerExportScheduleCommand,
  registerSchemaCommand,
  registerQueryCommand,
  registerWorkbenchCommand,
  registerAnalystCommand,
  registerOpenApiCommand,
  registerReportCommand,
  registerMailCommand,
  registerScheduleCommand,
  registerAlertCommand,
  registerChannelCommand,
  registerUserCommand,
  registerTokenCommand,
  registerRebuildCommand,
  registerSampleCommand,
  registerDoctorCommand,
  registerBackupCommands,
  registerAuditCommand,
  registerPrivacyCommands,
];
const run = recordingCommands(program, runWithContext);
for (const register of registrations) register(program, run);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  // Commander has said what it had to say.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  // Nobody takes our output any more: `throughline … | head`.
  if (hasCode(error, 'EPIPE')) return 0;
  process.stderr.write(`error: ${reasonOf(error)}\n`);
  return error instanceof Refusal || error instanceof MetricError ? 2 : 1;
}

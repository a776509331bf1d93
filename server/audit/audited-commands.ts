import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { reasonOf } from '#etl/error-code.js';
import type { WithContext } from '../command-line/cli-context.js';
import { Refusal } from '../refusal.js';
import { recordAudit, type AuditAction, type AuditDetail } from './audit.js';

interface AuditedCommand {
  action: AuditAction;
  /** Options that are told; their values must never be secrets. */
  tells?: string[];
  /** The first word after the command is a text, not the name of a thing. */
  hasTextFirst?: true;
  /** It only shows something otherwise. */
  when?: (command: Command) => boolean;
}

/** What is written into the audit log by the command that did it. Commands of accounts, tokens and analysts record it themselves. */
const auditedCommands: Record<string, AuditedCommand> = {
  import: { action: 'import', tells: ['connection'] },
  sync: { action: 'connection.sync', tells: ['full'] },
  pause: { action: 'connection.change' },
  resume: { action: 'connection.change' },
  every: { action: 'connection.change' },
  disconnect: { action: 'connection.remove', tells: ['keepData'] },
  webhook: { action: 'connection.change' },
  census: { action: 'census.confirm', tells: ['confirm'], when: (command) => command.opts()['confirm'] !== undefined },
  'quarantine retry': { action: 'quarantine.retry' },
  'quarantine dismiss': { action: 'quarantine.dismiss' },
  'secrets rotate': { action: 'secrets.rotate' },
  'sample load': { action: 'sample.load' },
  'sample remove': { action: 'sample.remove' },
  'channel add': { action: 'channel.add' },
  'channel test': { action: 'channel.test' },
  'channel remove': { action: 'channel.remove' },
  'target set': { action: 'target.set' },
  'target ratchet': { action: 'target.set' },
  'target remove': { action: 'target.remove' },
  'note add': { action: 'note.add', tells: ['on', 'to', 'kind'], hasTextFirst: true },
  'note remove': { action: 'note.remove' },
  'alert add': { action: 'alert.add' },
  'alert test': { action: 'alert.test' },
  'alert mute': { action: 'alert.change' },
  'alert unmute': { action: 'alert.change' },
  'alert remove': { action: 'alert.remove' },
  'schedule add': { action: 'schedule.add' },
  'schedule pause': { action: 'schedule.change' },
  'schedule resume': { action: 'schedule.change' },
  'schedule run': { action: 'schedule.run' },
  'schedule test': { action: 'schedule.run' },
  'schedule remove': { action: 'schedule.remove' },
  'export-schedule add': { action: 'export.schedule', tells: ['view', 'format'] },
  'export-schedule run': { action: 'export.schedule' },
  'export-schedule pause': { action: 'export.schedule' },
  'export-schedule resume': { action: 'export.schedule' },
  'export-schedule remove': { action: 'export.schedule' },
  'mail test': { action: 'mail.test' },
  'mail retry': { action: 'mail.retry' },
  'watch handled': { action: 'watch.mark' },
  'watch undo': { action: 'watch.unmark' },
  belief: { action: 'belief.add' },
  report: { action: 'report.make', tells: ['lang'] },
  'report get': { action: 'export' },
  'report brand': { action: 'report.brand' },
  export: { action: 'export', tells: ['view', 'format'] },
  'audit keep': { action: 'setting.change', when: ({ args }) => args.length > 0 },
  'person erase': { action: 'person.erase', hasTextFirst: true, when: (command) => command.opts()['confirm'] === true },
  retention: {
    action: 'setting.change',
    when: (command) => command.args.length === 2 || command.opts()['pause'] === true || command.opts()['resume'] === true,
  },
  rebuild: { action: 'rebuild' },
  backup: { action: 'backup' },
  restore: { action: 'restore' },
};

/** Runs commands as `run` does, and writes into the audit log what they did, under the account of the machine they were run by. */
export function recordingCommands(program: Command, run: WithContext): WithContext {
  let running: Command | null = null;
  program.hook('preAction', (_program, command) => {
    running = command;
  });
  return (action) =>
    run(async (context) => {
      const done = running && auditedCommand(running);
      if (done === null) return action(context);
      const asker = { command: userInfo().username };
      try {
        await action(context);
      } catch (error) {
        const outcome = error instanceof Refusal ? 'refused' : 'failed';
        await recordAudit(context.pool, { asker, ...done, outcome }).catch((reason: unknown) =>
          context.note(`The audit log could not be written: ${reasonOf(reason)}`),
        );
        throw error;
      }
      await recordAudit(context.pool, { asker, ...done });
    });
}

function auditedCommand(command: Command): { action: AuditAction; object: string | undefined; detail: AuditDetail } | null {
  const name = nameOf(command);
  const known = name.startsWith('connect ') ? { action: 'connection.add' as const, tells: ['name'] } : auditedCommands[name];
  if (!known) return null;
  const { action, tells = [], hasTextFirst, when } = known;
  if (when && !when(command)) return null;
  const options = command.opts<Record<string, unknown>>();
  const told = tells.filter((option) => ['string', 'number', 'boolean'].includes(typeof options[option]));
  const detail = { command: name, ...Object.fromEntries(told.map((option) => [option, options[option] as string | number | boolean])) };
  return { action, object: hasTextFirst ? undefined : command.args[0], detail };
}

/** As it is typed, such as `quarantine retry`. */
function nameOf(command: Command): string {
  const above = command.parent?.parent ? `${nameOf(command.parent)} ` : '';
  return `${above}${command.name()}`;
}

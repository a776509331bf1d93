import { InvalidArgumentError, Option, type Command } from 'commander';
import type { AuditLine } from '../api.js';
import { alignedLines } from '../command-line/aligned-lines.js';
import type { WithContext } from '../command-line/cli-context.js';
import { Refusal } from '../refusal.js';
import { auditActions } from './audit-actions.js';
import { auditKeepDays, fewestDays, keepAudit, mostDays } from './keep-audit.js';
import { auditFile, readAudit } from './read-audit.js';

const formats = ['text', 'csv', 'ndjson', 'json'] as const;

interface AuditOptions {
  since?: string;
  until?: string;
  action?: string;
  name?: string;
  limit: number;
  format: (typeof formats)[number];
}

/** `throughline audit` and `audit keep`. */
export function registerAuditCommand(program: Command, run: WithContext): void {
  const audit = program
    .command('audit')
    .description('who did what, the latest first: sign-ins, changes, exports, queries')
    .option('--since <when>', 'from this day or moment on, such as 2026-03-01 (UTC) or 2026-03-01T09:30:00+03:00', readInstant)
    .option('--until <when>', 'before this day or moment', readInstant)
    .addOption(new Option('--action <action>', 'only these').choices(auditActions))
    .option('--name <name>', 'only of this account')
    .option('--limit <n>', 'of lines as text; files hold all', readLimit, 50)
    .addOption(new Option('--format <format>', 'as text, or all lines as a file to standard output').choices(formats).default('text'))
    .action(({ since, until, action, name, limit, format }: AuditOptions) =>
      run(async ({ pool, print }) => {
        const asked = { action, name, from: since, to: until };
        if (format === 'text') return print(auditLines(await readAudit(pool, asked, { limit })));
        const pieces: Buffer[] = [];
        for await (const piece of auditFile(pool, asked, format)) pieces.push(piece as Buffer);
        print(Buffer.concat(pieces).toString('utf8').trimEnd());
      }),
    );
  audit
    .command('keep [days]')
    .description('how many days a line is kept; without a number: shows it')
    .action((days: string | undefined) =>
      run(async ({ pool, print }) => {
        if (days !== undefined) await keepAudit(pool, readDays(days));
        print(`Lines of the audit log are kept for ${await auditKeepDays(pool)} days.`);
      }),
    );
}

function auditLines(lines: AuditLine[]): string {
  if (lines.length === 0) return 'Nothing of that kind is in the audit log.';
  return alignedLines<AuditLine>(
    [
      ['at', ({ at }) => at],
      ['who', ({ name, by }) => (name === '' ? `(${by})` : `${name} (${by})`)],
      ['action', ({ action }) => action],
      ['outcome', ({ outcome }) => outcome],
      ['object', ({ object }) => object ?? ''],
      [
        'detail',
        ({ detail }) =>
          Object.entries(detail)
            .map(([key, value]) => `${key}=${value}`)
            .join(' '),
      ],
      ['address', ({ address }) => address ?? ''],
    ],
    lines,
  ).join('\n');
}

function readInstant(text: string): string {
  if (Number.isNaN(Date.parse(text))) throw new InvalidArgumentError('It must be a day such as 2026-03-01, or a moment.');
  return text;
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return limit;
}

function readDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < fewestDays || days > mostDays)
    throw new Refusal(`"${text}" is no number of days from ${fewestDays} to ${mostDays}.`);
  return days;
}

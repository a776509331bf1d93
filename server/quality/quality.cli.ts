import type { Command } from 'commander';
import type { ConnectionQuality } from '../api.js';
import type { WithContext } from '../command-line/cli-context.js';
import { readQuality } from './quality.js';

/** `throughline quality`. */
export function registerQualityCommand(program: Command, run: WithContext): void {
  program
    .command('quality')
    .description('how far the data can be trusted: faults counted by kind, and what each source cannot tell')
    .option('--json', 'print it as JSON')
    .action((options: { json?: boolean }) =>
      run(async ({ pool, print }) => {
        const quality = await readQuality(pool);
        if (options.json) print(quality);
        else if (quality.connections.length === 0) print('Nothing is connected yet; see throughline import --help.');
        else print(quality.connections.map(qualityLines).join('\n'));
      }),
    );
}

function qualityLines({ name, items, findings, capabilities, bots, quarantine, warnings }: ConnectionQuality): string {
  return [
    `${name}: ${items} items`,
    ...findings.filter(({ n }) => n > 0).map(({ check, n, of }) => `  ${check}: ${n} of ${of}`),
    ...(bots.messages > 0 ? [`  messages by bots: ${bots.messages} of ${bots.ofMessages}`] : []),
    ...quarantine.map(({ code, n }) => `  in quarantine, ${code}: ${n}`),
    ...warnings.map(({ code, n }) => `  while reading, ${code}: ${n}`),
    ...capabilities.filter(({ reason }) => reason !== null).map(({ signal, fidelity, reason }) => `  ${signal} (${fidelity}): ${reason}`),
  ].join('\n');
}

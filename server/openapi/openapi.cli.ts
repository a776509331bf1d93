import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';

/** `throughline openapi`; needs no database. */
export function registerOpenApiCommand(program: Command): void {
  program
    .command('openapi')
    .description('the API, described in OpenAPI 3.1: every route, what it takes and what it asks of whoever uses it')
    .option('--out <file>', 'writes it there')
    .action(async ({ out }: { out?: string }) => {
      // Loads every feature, which no other command needs.
      const { features } = await import('../app.module.js');
      const { describeApi } = await import('./describe.js');
      const text = `${JSON.stringify(describeApi(features), null, 2)}\n`;
      if (out === undefined) process.stdout.write(text);
      else await writeFile(out, text);
    });
}

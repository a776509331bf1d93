import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { keyOf } from '#etl/vault/key.js';
import { builtInConnectors } from '#etl/connectors/index.js';
import { rotateSecrets } from '#etl/vault/rotate.js';
import { rotateSecondFactors } from './access/totp.js';
import { rotateChannelSecrets } from './channels/channels.js';
import type { WithContext } from './command-line/cli-context.js';
import { SourceAccess } from './connections/source-access.js';
import { administer } from './database/pool.js';
import { rotateExportSecrets } from './export-schedules/export-schedules.js';

/** `throughline secrets rotate`. */
export function registerSecretsCommand(program: Command, run: WithContext): void {
  program
    .command('secrets')
    .description('tokens of connections, which are stored sealed')
    .command('rotate')
    .description('seal all tokens with the present key, after it was changed')
    .requiredOption('--old-key-file <path>', 'the key they were sealed with, 64 hexadecimal digits')
    .option('--json', 'print the outcome as JSON')
    .addHelpText(
      'after',
      '\nThe present key is THROUGHLINE_SECRET_KEY or, without it, secrets.key in the data directory: set another one, or move that file\n' +
        'away and a new one is made. Then run this with the old one, and start the server again. All tokens are sealed anew, or none.',
    )
    .action((options: { oldKeyFile: string; json?: boolean }) =>
      run(async ({ databaseUrl, config, print }) => {
        const path = resolve(options.oldKeyFile);
        const old = keyOf(await readFile(path, 'utf8'), path);
        const key = await new SourceAccess(config).vault();
        const rotated = await administer(databaseUrl, (pool) =>
          rotateSecrets(pool, old, key, builtInConnectors, async (client) => {
            const channels = await rotateChannelSecrets(client, old, key);
            return channels + (await rotateSecondFactors(client, old, key)) + (await rotateExportSecrets(client, old, key));
          }),
        );
        const { resealed, kept } = rotated;
        print(options.json ? rotated : `${resealed} sealed with the present key, ${kept} were so before. Start the server again.`);
      }),
    );
}

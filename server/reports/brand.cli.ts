import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { reasonOf } from '#etl/error-code.js';
import type { WithContext } from '../command-line/cli-context.js';
import { Refusal } from '../refusal.js';
import { checkedColour, checkedLogo, keepBrand, readBrand } from './brand.js';

interface BrandOptions {
  name?: string;
  colour?: string;
  logo?: string | boolean;
}

/** `throughline report brand`. */
export function registerBrandCommand(report: Command, run: WithContext): void {
  report
    .command('brand')
    .description('name, colour and logo of the company on its summaries; without options, prints what is set')
    .option('--name <name>', 'name of the company; empty for none')
    .option('--colour <#rrggbb>', 'colour of headings; dark enough for letters on white')
    .option('--logo <file>', 'SVG or PNG, up to 100 kB')
    .option('--no-logo', 'takes the logo away')
    .action((options: BrandOptions) =>
      run(async ({ pool, print }) => {
        const before = await readBrand(pool);
        const brand = {
          name: options.name === undefined ? before.name : options.name.trim().slice(0, 120) || null,
          colour: options.colour === undefined ? before.colour : checkedColour(options.colour),
          logo:
            typeof options.logo === 'string'
              ? await checkedLogo(await readLogo(options.logo))
              : options.logo === false
                ? null
                : before.logo,
        };
        await keepBrand(pool, brand);
        print(
          `Summaries bear ${brand.name ?? 'no name'}, the colour ${brand.colour} and ${brand.logo ? `a logo (${brand.logo.kind})` : 'no logo'}.`,
        );
      }),
    );
}

async function readLogo(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new Refusal(`Cannot read the logo ${file}: ${reasonOf(error)}.`);
  }
}

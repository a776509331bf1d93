import type { Command } from 'commander';
import type { WithContext } from '../command-line/cli-context.js';
import { exampleQueries } from './example-queries.js';
import { schemaPicture } from './schema-picture.js';
import { analyticsVersion, listViews, type View } from './view-catalog.js';

interface SchemaOptions {
  queries?: boolean;
  query?: string;
  json?: boolean;
}

/** `throughline schema`. */
export function registerSchemaCommand(program: Command, run: WithContext): void {
  program
    .command('schema')
    .description('what analysts can ask: the views of the schema analytics, how they join, worked queries')
    .option('--queries', 'list the worked queries')
    .option('--query <name>', 'the SQL of one of them')
    .option('--json', 'all of it as JSON')
    .action(async (options: SchemaOptions, command: Command) => {
      const queries = exampleQueries();
      const query = queries.find(({ name }) => name === options.query);
      if (options.query !== undefined && !query) {
        command.error(`error: Unknown query "${options.query}"; known: ${queries.map(({ name }) => name).join(', ')}.`, { exitCode: 2 });
      }
      await run(async ({ pool, print }) => {
        if (query) print(options.json ? query : `-- ${query.about}\n${query.sql}`);
        else if (options.queries) print(options.json ? queries : queries.map(({ name, about }) => `${name}\n  ${about}`).join('\n'));
        else {
          const views = await listViews(pool);
          const version = await analyticsVersion(pool);
          print(options.json ? { version, views, queries } : [schemaPicture, `Version ${version}`, ...views.map(viewText)].join('\n\n'));
        }
      });
    });
}

function viewText({ name, comment, columns }: View): string {
  const width = Math.max(...columns.map((column) => column.name.length));
  return [
    `analytics.${name}: ${comment}`,
    ...columns.map((column) => `  ${column.name.padEnd(width)}  ${column.type}: ${column.comment}`),
  ].join('\n');
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.js';

/** A worked query over the `analytics` schema, ready to run. */
export interface ExampleQuery {
  /** Name of its file in `server/exports/queries`, without `.sql`. */
  name: string;
  /** What it answers and what to beware of: the comment it begins with. */
  about: string;
  sql: string;
}

/** The worked queries, by name. Weeks and days are those of the session's time zone. */
export function exampleQueries(): ExampleQuery[] {
  const directory = join(packageRoot, 'server/exports/queries');
  return readdirSync(directory)
    .sort()
    .map((file) => {
      const lines = readFileSync(join(directory, file), 'utf8').trimEnd().split('\n');
      const comment = lines.filter((line) => line.startsWith('-- ')).map((line) => line.slice(3));
      return {
        name: file.replace(/\.sql$/, ''),
        about: comment.join(' '),
        sql: lines.filter((line) => !line.startsWith('-- ')).join('\n'),
      };
    });
}

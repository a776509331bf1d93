import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Board } from '#dashboards/dashboard.js';
import { SourceError } from '#etl/connector.js';
import { parseMapping } from '#etl/files/mapping-file.js';
import { StartError } from '../start-error.js';
import { boardOf, boardSchema } from './board-schema.js';

/**
 * Boards of a directory, a YAML or JSON file each, in the order of their names. Throws a `StartError` that names file and line, what is
 * wrong, and the known words.
 */
export function readBoardFiles(directory: string, known: readonly Board[]): Board[] {
  const boards: Board[] = [];
  for (const name of boardFiles(directory)) boards.push(readBoard(join(directory, name), name, [...known, ...boards]));
  return boards;
}

function boardFiles(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => /\.(ya?ml|json)$/.test(name))
      .sort();
  } catch (cause) {
    throw new StartError(
      `THROUGHLINE_BOARDS_DIR=${directory} cannot be read; name a directory that holds a YAML file for each board, or leave it out.`,
      { cause },
    );
  }
}

function readBoard(path: string, name: string, known: readonly Board[]): Board {
  const schema = boardSchema(known);
  try {
    return boardOf(schema.parse(parseMapping(readFileSync(path, 'utf8'), schema, name)));
  } catch (cause) {
    if (cause instanceof SourceError) throw new StartError(`A board in ${path} is not understood.\n${cause.message}`, { cause });
    throw cause;
  }
}

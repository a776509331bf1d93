import { boards } from '#dashboards/boards/index.js';
import type { Board } from '#dashboards/dashboard.js';
import { readBoardFiles } from './board-files.js';

/** Nest token of the boards: `@Inject(BOARDS) private readonly boards: readonly Board[]`. */
export const BOARDS = Symbol('boards');

/** Ours, and after them those of the user's own directory. Throws a `StartError` for a file that is wrong. */
export function knownBoards(directory: string | null): readonly Board[] {
  return directory === null ? boards : [...boards, ...readBoardFiles(directory, boards)];
}

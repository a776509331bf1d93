import type { ChartResponse } from './board.js';

/**
 * `GET /api/personal-boards` (a list, by title) and `/:id`; `POST` makes one; `PATCH` and `DELETE` with the owner's name as `by` change
 * and remove it, `POST /:id/restore` brings it back. Everybody may read it.
 */
export interface PersonalBoard {
  id: string;
  title: string;
  owner: string;
  /** Account of the owner; null: nobody signed in, or the account was removed. */
  ownerId: string | null;
  description: string;
  /** In the order they are drawn; a chart is there once. */
  charts: PlacedChart[];
  /** ISO. */
  updatedAt: string;
}

export interface PlacedChart {
  /** Where it is from. */
  board: string;
  chart: string;
  width: 'half' | 'full';
}

/** `GET /api/personal-boards/:id/charts?…`, same parameters as a board. */
export interface PersonalBoardResponse {
  board: PersonalBoard;
  asOf: string | null;
  /** Local dates, half-open. */
  from: string;
  to: string;
  /** In the order of the board. `answer` is null where nobody knows that chart any more. */
  charts: (PlacedChart & { answer: ChartResponse | null })[];
  unknownParameters: string[];
}

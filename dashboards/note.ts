export const noteKinds = ['release', 'holiday', 'reorganisation', 'other'] as const;
export type NoteKind = (typeof noteKinds)[number];

/** What people know about a time. Local dates, half-open. */
export interface ChartNote {
  id: string;
  from: string;
  to: string;
  kind: NoteKind;
  text: string;
}

/** A note as the legend under a chart tells it; `number` is what stands in the drawing. */
export interface FinishedNote {
  id: string;
  number: string;
  kind: string;
  period: string;
  text: string;
}

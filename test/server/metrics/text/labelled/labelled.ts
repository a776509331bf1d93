/** `chase`, `repeat` and `thanks` are the customer's; `reason`, `date` and `question` are ours. */
export const labels = ['chase', 'repeat', 'thanks', 'reason', 'date', 'question'] as const;
export type Label = (typeof labels)[number];

/** A message as somebody wrote it and what a reader finds in it; several labels by spaces, none for neither. */
export type Labelled = readonly [side: 'customer' | 'team', labels: string, text: string];

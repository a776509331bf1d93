/** What to do where a chart has nothing to show. */
export const nextStep = {
  'next-step.longer': 'Show the last year',
  'next-step.sources': 'See what each source tells',
} as const;

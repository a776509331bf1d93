import type { Question } from '#server/dashboards/question.js';

/** What is asked where nobody has chosen anything. */
export const bareQuestion: Question = {
  from: null,
  to: null,
  grain: null,
  by: null,
  filters: {},
  locale: 'en',
  theme: 'light',
  unknownParameters: [],
};

import { movementName, unitOf, type Movement, type Sentence, type Tongue } from './sentence.js';

/** A past week that says something else than it did. */
export interface Restated {
  metric: string;
  /** Its Monday. */
  week: string;
  before: { value: number | null };
  after: { value: number | null };
  cause: 'later-events' | 'history';
}

/** A sentence for each leading number whose past weeks were told otherwise, with the latest of them; the causes are told apart. */
export function pastSentences(restated: readonly Restated[], movements: readonly Movement[], tongue: Tongue): Sentence[] {
  const { say, format } = tongue;
  return movements
    .filter(({ isLeading }) => isLeading)
    .flatMap((movement) =>
      (['history', 'later-events'] as const).flatMap((cause): Sentence[] => {
        const weeks = restated.filter((one) => one.metric === movement.info.id && one.cause === cause);
        const last = weeks.toSorted((one, other) => (one.week < other.week ? 1 : -1))[0];
        if (!last) return [];
        const unit = unitOf(movement);
        const { board, chart } = movement;
        return [
          {
            id: `past ${chart} ${cause}`,
            about: 'past',
            tone: 'different',
            text: say(cause === 'history' ? 'today.past.history' : 'today.past.later', {
              name: movementName(movement, tongue),
              n: new Set(weeks.map(({ week }) => week)).size,
              week: format.date(last.week),
              before: format.value(last.before.value, unit),
              after: format.value(last.after.value, unit),
            }),
            chart: { board, chart },
            carriers: null,
            canAskWhy: false,
            rows: null,
            names: [],
          },
        ];
      }),
    );
}

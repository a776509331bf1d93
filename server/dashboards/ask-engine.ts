import type pg from 'pg';
import { findMetric } from '../metrics/definitions/index.js';
import type { MetricEngine } from '../metrics/engine.js';
import { metricInfo } from '../metrics/metric.js';
import type { Window } from '../metrics/periods.js';
import { queryMetric, queryMetrics } from '../metrics/query.js';
import type { MetricRequest } from '../metrics/request.js';
import { metricUnits, type UnitsRequest } from '../metrics/units.js';
import type { Answer } from '#dashboards/dashboard.js';
import type { Ask } from './boards.js';
import { notesOfWindow } from '../notes/notes.js';
import { readTargets } from '../targets/targets.js';
import { namedUnits } from './named-units.js';
import type { Question } from './question.js';

interface Waiting {
  request: MetricRequest;
  resolve(answer: Answer | Promise<Answer>): void;
}

/**
 * Answers out of the engine, each time anew, and names the items of units out of Postgres. What is asked in one breath is asked
 * together: the charts of a board share passes.
 */
export function askEngine(engine: MetricEngine, pool: pg.Pool): Ask {
  let waiting: Waiting[] = [];
  const metric = (request: MetricRequest) =>
    new Promise<Answer>((resolve) => {
      if (waiting.length === 0) {
        setImmediate(() => {
          const together = waiting;
          waiting = [];
          void answer(engine, together);
        });
      }
      waiting.push({ request, resolve });
    });
  return Object.assign(metric, {
    units: async (request: UnitsRequest) => namedUnits(pool, await metricUnits(engine, request)),
    notes: ({ filters }: Pick<Question, 'filters'>, window: Window) => notesOfWindow(pool, window, filters),
    targets: (question: Pick<Question, 'locale' | 'digits' | 'calendar'>) => readTargets(pool, question),
  });
}

async function answer(engine: MetricEngine, together: Waiting[]): Promise<void> {
  const requests = together.map(({ request }) => request);
  const results = await queryMetrics(engine, requests).catch(() => null);
  for (const [index, { request, resolve }] of together.entries()) {
    const result = results?.[index];
    // One that cannot be answered must not take the others with it, and must hear why.
    resolve(result ? withInfo(request, result) : queryMetric(engine, request).then((own) => withInfo(request, own)));
  }
}

function withInfo(request: MetricRequest, result: Answer['result']): Answer {
  return { info: metricInfo(findMetric(request.metric)), result };
}

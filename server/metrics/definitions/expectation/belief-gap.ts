import type { MetricResult, MetricRow } from '#dashboards/metric-result.js';
import type { EngineRow } from '../../engine.js';
import { joinNotes } from '../../measures/notes.js';
import type { FindMetric, Metric } from '../../metric.js';
import { MetricError, type MetricRequest } from '../../request.js';
import { scopeKey } from '../../scope-key.js';

const defaultMetric = 'on-time-first';

export const beliefGap: Metric = {
  id: 'belief-gap',
  family: 'expectation',
  definition:
    'What leaders believe a number to be, said before it was shown to them, minus the number (option "of", on time by the first date unless said otherwise; of several values the first). A row per window somebody answered about that lies within the asked one, for the same filters; several answers about a window count with their mean. The number and its interval are those of that window, open and reopened items treated as by that metric; the interval of the gap is that of the number. Absent where nobody has answered.',
  unit: 'pp',
  treatment: 'EVT',
  direction: 'neither',
  counts: 'promises',
  values: ['beliefGap', 'believed', 'number', 'answers'],
  units: { beliefGap: 'pp', believed: '%', number: '%', answers: 'n' },
  minimumN: 5,
  needs: ['finish', 'due', 'first-due'],
  source: 'Own definition, after Allen et al. 2005 (the delivery gap)',
  options: ['of'],
  compute: {
    kind: 'combined',
    reads:
      'select metric, scope, from_on, to_on, time_zone, answer, answered_at from measured.belief order by from_on, answered_at, answer',
    questions(request, find, told) {
      const metric = believable(request.of ?? defaultMetric, find);
      if (request.by != null) throw new MetricError('"belief-gap" cannot be broken down: a belief is about a whole; filter instead.');
      const { of: _of, by: _by, ...rest } = request;
      return windowsOf(request, told).map(({ from, to, zone }) => ({ ...rest, metric: metric.id, from, to, zone, grain: 'all' as const }));
    },
    rows(answers, request, find, told) {
      const [name] = believable(request.of ?? defaultMetric, find).values;
      return windowsOf(request, told).flatMap((window, index) => gapRow(window, answers[index], name));
    },
    items({ of: named, bucket, ...request }, _asOf, told) {
      const window = windowsOf({ ...request, ...(named && { of: named }) }, told).find(({ from }) => from === bucket);
      if (!window) return null;
      const { from, to, zone } = window;
      return { ...request, metric: named ?? defaultMetric, from, to, zone, grain: 'all', bucket: 'all' };
    },
    unasked: ({ of: named }) => ({
      signal: 'belief',
      reason: `Nobody has said what they believe of "${named ?? defaultMetric}" here. Its board asks whoever gives a name, before it shows the number.`,
    }),
  },
};

/** The metric a belief can be about. Throws `MetricError` for one that is no percentage of counted units. */
export function believable(id: string, find: FindMetric): Metric {
  const metric = find(id);
  const unit = metric.units?.[metric.values[0] ?? ''] ?? metric.unit;
  if (metric.compute.kind !== 'counted' || unit !== '%')
    throw new MetricError(`A belief is about a percentage, and "${metric.id}" is none; name one such as ${defaultMetric}.`);
  return metric;
}

interface BelievedWindow {
  from: string;
  to: string;
  zone: string;
  /** Percent. */
  answers: number[];
}

/** The windows answered about within the one asked, oldest first; of those that begin on the same day the one answered about last. */
function windowsOf({ from, to, of: named, filters }: MetricRequest, told: readonly EngineRow[]): BelievedWindow[] {
  const scope = scopeKey(filters);
  const beliefs = told.filter(
    (belief) =>
      belief.metric === (named ?? defaultMetric) && belief.scope === scope && String(belief.from_on) >= from && String(belief.to_on) <= to,
  );
  const windows = new Map<string, BelievedWindow>();
  for (const belief of [...beliefs].sort((one, other) => (String(one.answered_at) < String(other.answered_at) ? -1 : 1))) {
    const [begin, end, zone] = [String(belief.from_on), String(belief.to_on), String(belief.time_zone)];
    const known = windows.get(begin);
    const isSame = known?.to === end && known.zone === zone;
    windows.set(begin, { from: begin, to: end, zone, answers: [...(isSame ? known.answers : []), Number(belief.answer)] });
  }
  return [...windows.values()].sort((one, other) => (one.from < other.from ? -1 : 1));
}

function gapRow({ from, answers }: BelievedWindow, answer: MetricResult | undefined, name: string | undefined): MetricRow[] {
  const row = answer?.rows[0];
  if (!row) return [];
  const { value, values, lo, hi, note, ...kept } = row;
  const number = (name === undefined ? value : values?.[name]) ?? null;
  const believed = answers.reduce((sum, one) => sum + one, 0) / answers.length;
  return [
    {
      ...kept,
      bucket: from,
      values: { beliefGap: number === null ? null : believed - number, believed, number, answers: answers.length },
      lo: hi === null ? null : believed - hi,
      hi: lo === null ? null : believed - lo,
      note: joinNotes([note]),
    },
  ];
}

import { z } from 'zod';
import { headlineQueries, trendQueries, wholeQuery, type Board, type ChartDefinition, type ChartQuery } from '#dashboards/dashboard.js';
import { dimensions, type Dimension } from '#dashboards/metric-result.js';
import { findMetric, metrics } from '../metrics/definitions/index.js';

/** Charts a file can ask for. `of`: the metrics a kind draws, where not any. `by`: what a kind is broken down by. */
const kinds = {
  trend: { by: 'asked' },
  ranking: { by: 'segments' },
  'process-behaviour': { of: ['process-behaviour'], by: 'nothing' },
  strips: { of: ['lead-time-distribution'], by: 'segments' },
  funnel: { of: ['level-spread'], by: 'segments' },
  stack: { of: ['wait-causes', 'wait-causes-time'], by: 'nothing' },
  flow: { of: ['handover-matrix'], by: 'nothing' },
  'heat-matrix': { of: ['handover-matrix'], by: 'nothing' },
  survival: { of: ['promise-survival'], by: 'nothing' },
  reliability: { of: ['reliability'], by: 'nothing' },
} as const satisfies Record<string, { of?: readonly string[]; by: 'asked' | 'segments' | 'nothing' }>;

type FileKind = keyof typeof kinds;
const kindNames = Object.keys(kinds) as [FileKind, ...FileKind[]];

/** Metrics that only their own kind can draw, and one that nobody can break down. */
const notTrends = [...Object.values(kinds).flatMap((kind) => ('of' in kind ? kind.of : [])), 'belief-gap'].filter(
  (id) => !id.startsWith('wait-causes') && id !== 'lead-time-distribution',
);

const Id = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'is a name in lower-case letters, digits and hyphens, such as promises-by-team.');
const Text = z.strictObject({ en: z.string().min(1), tr: z.string().optional(), fa: z.string().optional(), hy: z.string().optional() });

const Chart = z.strictObject({
  id: Id,
  kind: z.enum(kindNames),
  metric: z.enum(metrics.map(({ id }) => id)),
  title: Text,
  value: z.string().optional(),
  lines: z.array(z.string()).min(1).optional(),
  by: z.enum(dimensions).optional(),
  logarithmic: z.enum(['yes', 'no']).optional(),
});

const BoardFile = z.strictObject({ id: Id, title: Text, description: Text.optional(), charts: z.array(Chart).min(1) });
type FileChart = z.infer<typeof Chart>;

/** What a board file may say, beside the boards there are. */
export function boardSchema(known: readonly Board[]): z.ZodType<z.infer<typeof BoardFile>> {
  const takenCharts = known.flatMap((board) => board.charts.map(({ id }) => id));
  return BoardFile.check(({ value, issues }) => {
    const say = (path: (string | number)[], message: string) => issues.push({ code: 'custom', path, message, input: value });
    if (known.some(({ id }) => id === value.id)) say(['id'], `there is a board "${value.id}" already; name it otherwise.`);
    for (const [index, chart] of value.charts.entries()) {
      const isTwice = takenCharts.includes(chart.id) || value.charts.findIndex(({ id }) => id === chart.id) < index;
      if (isTwice) say(['charts', index, 'id'], `there is a chart "${chart.id}" already; name it otherwise.`);
      for (const [key, message] of wrongIn(chart)) say(['charts', index, ...key], message);
    }
  });
}

/** What a chart asks for that its kind or its metric does not have. */
function* wrongIn(chart: FileChart): Generator<[key: (string | number)[], message: string]> {
  const kind: { of?: readonly string[]; by: string } = kinds[chart.kind];
  const { values } = findMetric(chart.metric);
  if (kind.of && !kind.of.includes(chart.metric))
    yield [['metric'], `a chart of kind "${chart.kind}" draws ${kind.of.join(' or ')}, not "${chart.metric}".`];
  if (!kind.of && notTrends.includes(chart.metric))
    yield [['metric'], `"${chart.metric}" has a kind of its own or no break-down; it cannot be drawn as "${chart.kind}".`];
  if (chart.by !== undefined && kind.by !== 'segments')
    yield [['by'], `a chart of kind "${chart.kind}" has no break-down of its own; leave out by.`];
  const named = chart.value === undefined ? [] : [{ key: ['value'], name: chart.value }];
  for (const { key, name } of [...named, ...(chart.lines ?? []).map((line, place) => ({ key: ['lines', place], name: line }))]) {
    if (!values.includes(name))
      yield [
        key,
        `"${chart.metric}" has no value "${name}"; known: ${values.length === 0 ? 'none, it has one value alone' : values.join(', ')}.`,
      ];
  }
}

/** The board a file describes. */
export function boardOf({ id, title, description, charts }: z.infer<typeof BoardFile>): Board {
  return { id, title: textOf(title), ...(description && { description: textOf(description) }), charts: charts.map(chartOf) };
}

function chartOf({ id, kind, metric, title, value, lines, by, logarithmic }: FileChart): ChartDefinition {
  return {
    id,
    kind,
    title: textOf(title),
    queries: queriesOf(kind, metric, by ?? 'team'),
    ...(value !== undefined && { value }),
    ...(lines !== undefined && { lines }),
    isSkewed: logarithmic === 'yes',
    isPrinted: true,
  };
}

function queriesOf(kind: FileKind, metric: string, by: Dimension): ChartQuery[] {
  if (kind === 'trend') return trendQueries(metric);
  if (kind === 'stack' || kind === 'process-behaviour') return [{ role: 'drawn', metric, window: 'asked', grain: 'asked', by: null }];
  if (kinds[kind].by === 'nothing') return [wholeQuery(metric)];
  return [wholeQuery(metric, by), ...(kind === 'ranking' ? headlineQueries(metric) : [])];
}

function textOf({ en, tr, fa, hy }: z.infer<typeof Text>): NonNullable<Board['title']> {
  return { en, ...(tr !== undefined && { tr }), ...(fa !== undefined && { fa }), ...(hy !== undefined && { hy }) };
}

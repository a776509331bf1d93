import type { Answer, ChartContext, ChartDefinition, ChartKind, FinishedChart } from '../dashboard.js';
import { formatter } from '../format.js';
import { translator } from '../i18n/messages.js';
import { withReasonsIn } from '../i18n/reasons/reason-in.js';
import { chartTitle } from '../titles.js';
import { palette, vegaConfig } from '../theme.js';
import type { UnitResult } from '../unit-result.js';
import { annotated, notesText } from './annotations.js';
import { notesOf, numberOf, type Drawing, type Sketch } from './drawing.js';
import { association } from './association.js';
import { ageing } from './ageing.js';
import { calendar } from './calendar.js';
import { plainOf, textOf } from './cells.js';
import { datedFormatter } from './dated-periods.js';
import { explanation } from './explanation.js';
import { flow } from './flow.js';
import { funnel } from './funnel.js';
import { headline } from './headline.js';
import { heatMatrix } from './heat-matrix.js';
import { ledger } from './ledger.js';
import { processBehaviour } from './process-behaviour.js';
import { ranking } from './ranking.js';
import { reliability } from './reliability.js';
import { scatter } from './scatter.js';
import { stack } from './stack.js';
import { strips } from './strips.js';
import { survival } from './survival.js';
import { trend } from './trend.js';
import { versus } from './versus.js';

const kinds: Record<ChartKind, (sketch: Sketch) => Drawing> = {
  trend,
  versus,
  'process-behaviour': processBehaviour,
  ranking,
  'heat-matrix': heatMatrix,
  scatter,
  ageing,
  ledger,
  calendar,
  funnel,
  strips,
  stack,
  flow,
  reliability,
  survival,
  association,
};

/**
 * Turns the answers to a chart's queries and its units, each in their order, into the finished chart that page and PDF draw. Pure: the
 * same input gives the same chart, whatever the clock and the zone of the machine.
 */
export function composeChart(
  definition: ChartDefinition,
  answers: readonly Answer[],
  context: ChartContext,
  units: readonly UnitResult[] = [],
): FinishedChart {
  if (answers.length !== definition.queries.length) {
    throw new Error(
      `Chart "${definition.id}" asks ${definition.queries.length} queries and got ${answers.length} answers; give one for each, in order.`,
    );
  }
  const wanted = definition.units?.length ?? 0;
  if (units.length !== wanted) throw new Error(`Chart "${definition.id}" draws the units of ${wanted} metrics and got ${units.length}.`);
  const say = translator(context.locale, context);
  const told = answers.map((answer) => ({ ...answer, result: withReasonsIn(context.locale, answer.result) }));
  const role = (wanted: string) => told.filter((_, index) => definition.queries[index]?.role === wanted);
  const drawn = role('drawn');
  const [compared] = role('compared');
  const first = drawn[0]!;
  const sketch: Sketch = {
    definition,
    drawn,
    ...(compared && { compared }),
    units,
    context,
    say,
    format: datedFormatter(formatter(context.locale, context), compared ? [...drawn, compared] : drawn),
    colours: palette(context.theme),
  };
  const state = stateOf(drawn, context);
  const plainDrawing = state === 'ok' ? kinds[definition.kind](sketch) : emptyDrawing(state, first, sketch);
  const { drawing, notes } = annotated(plainDrawing, sketch);
  const plain = chartTitle(definition, context.locale);
  const { ofType } = context;
  const titled = ofType === null ? plain : say('chart.of-type', { title: plain, type: ofType });
  const isOnBusiness = context.clock === 'business' && first.info.hasBusinessClock === true;
  const title = isOnBusiness ? say('chart.on-business', { title: titled }) : titled;
  const summary = context.clock === 'business' && !isOnBusiness ? `${drawing.summary} ${say('summary.no-business')}` : drawing.summary;
  return {
    id: definition.id,
    kind: definition.kind,
    metric: first.result.metric,
    title,
    summary,
    spec:
      drawing.spec && (isDrawable(drawn) || units.some(({ rows }) => rows.length > 0))
        ? finishedSpec(drawing, [`${title}. ${summary}`, notesText(notes, sketch)].join(' ').trim(), context)
        : null,
    rows: ofType === null ? drawing.rows : drawing.rows.map((row) => openingOnly(row, ofType)),
    table: drawing.table.map((line) => line.map(textOf)),
    plain: drawing.table.map((line) => line.map(plainOf)),
    notes,
    state,
    absent: drawn.flatMap((answer) => answer.result.absent),
    headline: headline(role('now')[0], role('before')[0], sketch),
    explanation: explanation(first, role('now')[0], sketch),
  };
}

/** A mark of one type opens the items of that type. */
function openingOnly(row: Record<string, unknown>, type: string): Record<string, unknown> {
  return typeof row['items'] === 'string' ? { ...row, items: `${row['items']}&${new URLSearchParams({ type }).toString()}` } : row;
}

function stateOf(drawn: Answer[], context: ChartContext): FinishedChart['state'] {
  if (drawn.every((answer) => answer.result.rows.length === 0 && answer.result.absent.length > 0)) return 'not-measurable';
  const isEmpty = drawn.every((answer) => answer.result.rows.every((row) => row.n === 0));
  if (!isEmpty) return 'ok';
  return context.isFiltered ? 'filtered-empty' : 'empty';
}

/** With every value withheld a drawing would be an empty frame; the sentence and the table say it better. */
function isDrawable(drawn: Answer[]): boolean {
  return drawn.some((answer) =>
    answer.result.rows.some((row) => namesOf(answer).some((name) => numberOf(row, name) !== null) || notesOf(row).isIncomplete),
  );
}

function namesOf(answer: Answer): (string | undefined)[] {
  return answer.info.values.length > 0 ? answer.info.values : [undefined];
}

function emptyDrawing(state: Exclude<FinishedChart['state'], 'ok'>, first: Answer, { say }: Sketch): Drawing {
  const reason = first.result.absent[0]?.reason ?? say('summary.unsaid');
  const summary = {
    empty: say('summary.empty'),
    'filtered-empty': say('summary.filtered'),
    'not-measurable': say('summary.absent', { reason }),
  }[state];
  return { spec: null, rows: [], table: [], summary };
}

/** The spec with what every drawing has: its description, its rows under the name `rows`, the look. */
export function finishedSpec(
  { spec, legendNames }: Pick<Drawing, 'spec' | 'legendNames'>,
  description: string,
  context: ChartContext,
): Record<string, unknown> {
  const { legend, ...config } = vegaConfig(context.theme, context.locale);
  const entryWidth = legendNames && Math.max(...legendNames.map((name) => name.length)) * 7.5 + 36;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description,
    data: { name: 'rows' },
    autosize: { type: 'fit', contains: 'padding' },
    padding: 4,
    config: {
      ...config,
      legend: { ...legend, ...(entryWidth && { columns: Math.max(1, Math.floor((context.width - 70) / entryWidth)) }) },
    },
    // For whoever draws it in another width.
    ...(entryWidth && { usermeta: { legendEntryWidth: entryWidth } }),
    ...spec,
  };
}

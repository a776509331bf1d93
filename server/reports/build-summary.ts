import type { ChartResponse } from '../api.js';
import { dayBefore, formatter } from '#dashboards/format.js';
import { intlLocale, isRightToLeft, keyOf, translator } from '#dashboards/i18n/messages.js';
import { withReasonsIn } from '#dashboards/i18n/reasons/reason-in.js';
import type { Tongue } from '#dashboards/sentences/sentence.js';
import type { Window } from '../metrics/periods.js';
import { packageVersion } from '../package-root.js';
import { actionsOf } from './actions.js';
import { boardPage } from './board-pages.js';
import { changesOf } from './changes.js';
import { definitionsVersion } from './definitions-version.js';
import { headlineTable } from './headline-table.js';
import { linksTo } from './links.js';
import type { SummaryFacts } from './read-summary.js';
import type { SummaryDocument } from './report-document.js';
import { customersAtRisk, movedTable } from './summary-tables.js';

/** Writes the summary of what was read. Pure: the same facts give the same texts. `images` names the charts that are drawn. */
export function buildSummary(
  facts: SummaryFacts,
  { brand, publicUrl, images }: { brand: SummaryDocument['brand']; publicUrl: string; images: ReadonlySet<string> },
): SummaryDocument {
  const { question, window, connections } = facts;
  const { locale } = question;
  const tongue: Tongue = { say: translator(locale, question), format: formatter(locale, question) };
  const { say, format } = tongue;
  const links = linksTo(publicUrl, question, window);
  const { sentences, verdict, changes, best } = changesOf(facts, tongue, links);
  return {
    locale,
    direction: isRightToLeft(locale) ? 'rtl' : 'ltr',
    brand,
    title: say('report.title'),
    period: `${format.date(window.from)} – ${format.date(dayBefore(window.to))}`,
    scope: scopeOf(facts, tongue),
    freshness: connections.map(({ name, asOf }) =>
      asOf === null
        ? say('report.no-data', { connection: name })
        : say('report.data-to', { connection: name, at: format.instant(asOf, window.zone) }),
    ),
    stale: connections.flatMap(({ name, stale }) =>
      stale === null
        ? []
        : [
            stale.isRefused
              ? say('report.stale.refused', { connection: name })
              : say('report.stale', { connection: name, n: stale.failures }),
          ],
    ),
    sampleNote: connections.some((connection) => connection.isSample) ? say('report.sample') : null,
    verdict,
    headlines: headlineTable(facts, tongue, links),
    changes,
    best,
    actions: actionsOf(facts, sentences, tongue, links),
    customers: customersAtRisk(facts, tongue, links),
    moved: movedTable(facts, tongue, links),
    absent: { title: say('report.absent'), none: say('report.absent.none'), entries: absentOf(facts, tongue) },
    boards: facts.boards.map((board) => boardPage(board, images, tongue, links)),
    definitions: { title: say('report.definitions'), entries: definitionsOf(facts, tongue) },
    version: say('report.version', { definitions: definitionsVersion(), release: packageVersion }),
    attached: say('report.attached'),
  };
}

function scopeOf({ before, yearBefore, question }: SummaryFacts, { say, format }: Tongue): string[] {
  const days = ({ from, to }: Window) => [format.date(from), format.date(dayBefore(to))] as const;
  const [[from, to], [yearFrom, yearTo]] = [days(before), days(yearBefore)];
  const list = new Intl.ListFormat(intlLocale(question.locale, question), { type: 'conjunction' });
  const filters = Object.entries(question.filters).map(([dimension, names]) =>
    say('report.filter', {
      dimension: say(keyOf(`dimension.${dimension}`)),
      names: list.format(names.map((name) => (name === '' ? say('segment.none') : name))),
    }),
  );
  return [
    say('report.compared', { from, to, yearFrom, yearTo }),
    ...(filters.length === 0 ? [] : [say('report.filtered', { filters: list.format(filters) })]),
  ];
}

/** Charts that a reader of the summary sees a number of. */
function chartsOf({ headlines, boards }: SummaryFacts): ChartResponse[] {
  return [...headlines.map(({ chart }) => chart), ...boards.flatMap(({ answer }) => answer.charts)];
}

/** Each metric once, with what a reader on paper needs; period, time of the data and what is absent stand elsewhere. */
function definitionsOf(facts: SummaryFacts, { say }: Tongue): SummaryDocument['definitions']['entries'] {
  const leftOut = [say('fact.period'), say('fact.as-of'), say('fact.minimum'), say('fact.better'), say('fact.absent')];
  const byMetric = new Map(chartsOf(facts).map((chart) => [chart.metric, chart.explanation]));
  return [...byMetric.values()].map(({ name, definition, facts: told }) => ({
    name,
    definition,
    facts: told.filter((fact) => !leftOut.includes(fact.label)),
  }));
}

/** Reason by reason, with the metrics it takes away; then records that no number counts. */
function absentOf(facts: SummaryFacts, { say }: Tongue): SummaryDocument['absent']['entries'] {
  const { locale } = facts.question;
  const absent = [
    ...chartsOf(facts).flatMap((chart) => chart.absent.map((one) => ({ ...one, name: chart.explanation.name }))),
    ...withReasonsIn(locale, facts.moved).absent.map((one) => ({ ...one, name: say('report.moved') })),
    ...withReasonsIn(locale, facts.watch).absent.map((one) => ({ ...one, name: say('report.customers') })),
  ];
  const byReason = Map.groupBy(absent, ({ connection, reason }) => `${connection}: ${reason}`);
  return [
    ...[...byReason].map(([reason, of]) => ({ title: [...new Set(of.map(({ name }) => name))].join(', '), reason })),
    ...facts.connections
      .filter(({ quarantined }) => quarantined > 0)
      .map(({ name, quarantined }) => ({ title: name, reason: say('report.quarantined', { n: quarantined }) })),
  ];
}

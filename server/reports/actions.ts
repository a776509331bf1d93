import type { Sentence, Tongue } from '#dashboards/sentences/sentence.js';
import { worsened } from './changes.js';
import type { Links } from './links.js';
import type { SummaryFacts } from './read-summary.js';
import type { SummaryLine, SummaryLines } from './report-document.js';

/** What got worse and is worth a step; a list of ten is no list of what to do. */
const mostWorse = 3;

/** Steps that follow from the numbers by rule: whom to call, where to look, which dates to speak about, which source to repair. */
export function actionsOf(facts: SummaryFacts, sentences: readonly Sentence[], tongue: Tongue, links: Links): SummaryLines {
  const { say, format } = tongue;
  const lines = [
    ...sources(facts, tongue, links),
    ...calls(facts, tongue, links),
    ...looks(facts, sentences, tongue, links),
    ...dates(facts, tongue, links),
  ];
  return {
    title: say('report.actions'),
    lines: lines.map((line, place) => ({ ...line, number: format.count(place + 1) })),
    none: lines.length === 0 ? say('report.do.none') : null,
    more: null,
  };
}

function calls({ customers }: SummaryFacts, { say, format }: Tongue, links: Links): SummaryLine[] {
  return customers.customers.flatMap(({ customer, untold, expectedLate, items }) => {
    if (customer === null) return [];
    const list = [{ text: say('report.open.list'), url: links.watch(customer) }];
    if (untold > 0) return [step(say('report.do.call', { customer, n: untold }), list)];
    if (Math.round(expectedLate) < 1) return [];
    return [step(say('report.do.tell', { customer, late: format.count(Math.round(expectedLate)), items: format.count(items) }), list)];
  });
}

function looks({ movements }: SummaryFacts, sentences: readonly Sentence[], tongue: Tongue, links: Links): SummaryLine[] {
  const { say } = tongue;
  return worsened(movements, sentences, tongue)
    .slice(0, mostWorse)
    .map(({ chart, name, segment, canAskWhy }) =>
      step(
        segment ? say('report.do.segment', { segment: segment.name, share: segment.share, name }) : say('report.do.whole', { name }),
        canAskWhy
          ? [{ text: say('report.open.why'), url: links.why(chart) }]
          : [{ text: say('report.open.chart'), url: links.chart(chart) }],
      ),
    );
}

function dates({ moved }: SummaryFacts, { say }: Tongue, links: Links): SummaryLine[] {
  if (moved.total === 0) return [];
  return [
    step(say('report.do.dates', { n: moved.total }), [
      { text: say('report.open.list'), url: links.items('delay', 'slip-after-due', 'numerator') },
    ]),
  ];
}

function sources({ connections }: SummaryFacts, { say }: Tongue, links: Links): SummaryLine[] {
  return connections
    .filter(({ stale }) => stale !== null)
    .map(({ name }) =>
      step(say('report.do.connection', { connection: name }), [{ text: say('report.open.page'), url: links.connection(name) }]),
    );
}

function step(text: string, links: SummaryLine['links']): SummaryLine {
  return { tone: null, number: null, text, detail: null, links };
}

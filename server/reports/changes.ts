import { periodSentences } from '#dashboards/sentences/period.js';
import { segmentName } from '#dashboards/charts/drawing.js';
import { movementName, type Movement, type Sentence, type Tongue } from '#dashboards/sentences/sentence.js';
import { verdict } from '#dashboards/sentences/verdict.js';
import type { Links } from './links.js';
import type { SummaryFacts } from './read-summary.js';
import type { SummaryLine, SummaryLines } from './report-document.js';

/** Sentences that one page has room for; how many more there are is said. */
const mostChanges = 6;

export interface Changes {
  sentences: Sentence[];
  verdict: string[];
  changes: SummaryLines;
  best: SummaryLines;
}

/** What moved beyond chance since the period before, what is worse first; the strongest improvement stands by itself. */
export function changesOf({ question, movements, watch }: SummaryFacts, tongue: Tongue, links: Links): Changes {
  const { say } = tongue;
  const sentences = periodSentences(movements, tongue);
  const best = sentences.find(({ tone }) => tone === 'better');
  const signals = sentences.filter((sentence) => sentence !== best && sentence.tone !== 'calm');
  const calm = sentences.filter(({ tone }) => tone === 'calm');
  const left = signals.length - mostChanges;
  const isSplit = ({ chart }: Sentence) => movements.some((one) => one.chart === chart?.chart && one.canAskWhy && one.carriers === null);
  const line = (sentence: Sentence): SummaryLine => ({
    tone: sentence.tone,
    number: null,
    text: sentence.text,
    detail: sentence.carriers?.text ?? (sentence.tone !== 'calm' && isSplit(sentence) ? say('report.changes.whole') : null),
    links: linksOf(sentence, links, tongue),
  });
  return {
    sentences,
    verdict: verdict(sentences, { ...watch, isFiltered: Object.keys(question.filters).length > 0 }, tongue),
    changes: {
      title: say('report.changes'),
      lines: [...signals.slice(0, mostChanges), ...calm].map(line),
      none: signals.length === 0 && best === undefined ? say('report.changes.none') : null,
      more: left > 0 ? { text: say('report.changes.more', { n: left }), url: links.home() } : null,
    },
    best: {
      title: say('report.best'),
      lines: best ? [line(best)] : [],
      none: best ? null : say('report.best.none'),
      more: null,
    },
  };
}

function linksOf(sentence: Sentence, links: Links, { say }: Tongue): SummaryLine['links'] {
  const { chart, rows, canAskWhy } = sentence;
  if (chart === null) return [{ text: say('report.open.which'), url: links.home() }];
  return [
    ...(rows ? [{ text: say('report.open.rows', { rows: rows.text }), url: links.rows(chart.board, rows) }] : []),
    ...(canAskWhy ? [{ text: say('report.open.why'), url: links.why(chart) }] : []),
    { text: say('report.open.chart'), url: links.chart(chart) },
  ];
}

/** What got worse, the strongest first, with the segment that carries most of it. */
export function worsened(movements: readonly Movement[], sentences: readonly Sentence[], tongue: Tongue) {
  return sentences
    .filter(({ tone }) => tone === 'worse')
    .flatMap(({ chart }) => {
      const movement = movements.find((one) => one.chart === chart?.chart);
      if (!movement || chart === null) return [];
      const first = movement.carriers?.segments.find(({ share }) => share > 0) ?? null;
      return [
        {
          chart,
          canAskWhy: movement.canAskWhy,
          name: movementName(movement, tongue),
          segment: first && { name: segmentName(first.name, tongue.say), share: tongue.format.value(Math.round(first.share), '%') },
        },
      ];
    });
}

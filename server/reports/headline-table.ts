import { unitOfValue } from '#dashboards/charts/drawing.js';
import { missing } from '#dashboards/format.js';
import type { Unit } from '#dashboards/metric-result.js';
import type { Tongue } from '#dashboards/sentences/sentence.js';
import { boardTitle } from '#dashboards/titles.js';
import type { HeadlineResponse } from '../api.js';
import type { Links } from './links.js';
import type { SummaryFacts } from './read-summary.js';
import type { Against, HeadlineRow, HeadlineTable } from './report-document.js';

/** The first number of every board, against the period before, the same period a year before and, where any is set, its target. */
export function headlineTable({ headlines, question }: SummaryFacts, { say, format }: Tongue, links: Links): HeadlineTable {
  const hasTargets = headlines.some(({ previous }) => previous.target !== null);
  return {
    title: say('report.headlines'),
    head: [
      say('report.head.measure'),
      say('report.head.now'),
      say('report.head.previous'),
      say('report.head.year'),
      ...(hasTargets ? [say('report.head.target')] : []),
    ],
    rows: headlines.map(({ board, chart, previous, year }): HeadlineRow => {
      const definition = board.charts.find(({ id }) => id === previous.chart);
      const unit = unitOfValue(chart.info, definition?.value ?? chart.info.values[0]);
      const against = (other: HeadlineResponse): Against => {
        const [now, before] = [other.now?.value ?? null, other.before?.value ?? null];
        if (now === null || before === null) return { value: missing, text: say('report.against.none'), tone: 'unclear' };
        const tone = other.headline?.change?.tone ?? 'unclear';
        const word = tone === 'unclear' ? ({ signal: 'different', noise: 'noise', unclear: 'unclear' } as const)[other.evidence] : tone;
        return {
          value: format.value(before, unit),
          text: say(`report.against.${word}`, { difference: format.difference(now - before, unit) }),
          tone,
        };
      };
      const { headline } = previous;
      const target = againstTarget(previous, unit, { say, format });
      return {
        board: boardTitle(board, question.locale),
        title: previous.title,
        value: headline?.value ?? missing,
        basis:
          headline === null ? previous.summary : [headline.basis, headline.note].filter((text) => text !== null && text !== '').join(' · '),
        against: [against(previous), against(year), ...(hasTargets ? [target] : [])],
        url: links.chart(previous),
      };
    }),
    note: say('report.chance'),
  };
}

function againstTarget({ target, now }: HeadlineResponse, unit: Unit, { say, format }: Tongue): Against {
  if (target === null || now?.value == null) return { value: missing, text: '', tone: 'unclear' };
  return {
    value: format.value(target.target, unit),
    text: say(`report.target.${target.state}`, { difference: format.difference(now.value - target.target, unit) }),
    tone: ({ met: 'better', missed: 'worse', unclear: 'unclear' } as const)[target.state],
  };
}

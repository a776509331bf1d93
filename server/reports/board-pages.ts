import type { Tongue } from '#dashboards/sentences/sentence.js';
import type { ChartResponse } from '../api.js';
import { chartSvg } from './chart-svg.js';
import type { Links } from './links.js';
import type { SummaryFacts } from './read-summary.js';
import type { BoardPage, ReportChart } from './report-document.js';

/** The charts of the boards as SVG, under the names by which their pages call them; without those that draw nothing. */
export async function drawBoards(boards: SummaryFacts['boards']): Promise<Map<string, string>> {
  const images = new Map<string, string>();
  for (const chart of boards.flatMap(({ answer }) => answer.charts)) {
    const svg = await chartSvg(chart);
    // The boldest letters of our fonts; another font of the machine would be taken for bolder ones.
    if (svg !== null) images.set(imageName(chart), svg.replaceAll('font-weight="bold"', 'font-weight="600"'));
  }
  return images;
}

/** One page of a board: the charts it has room for, each with its sentence. */
export function boardPage(
  { definition, answer }: SummaryFacts['boards'][number],
  images: ReadonlySet<string>,
  { say }: Tongue,
  links: Links,
): BoardPage {
  const left = definition.charts.length - answer.charts.length;
  return {
    title: answer.title,
    description: answer.description,
    charts: answer.charts.map((chart): ReportChart => {
      const image = imageName(chart);
      return {
        title: chart.title,
        summary: chart.summary,
        image: images.has(image) ? image : null,
        alt: `${chart.title}. ${chart.summary}`,
        notes: chart.notes.map(({ number, text, kind, period }) => `${number}  ${text} · ${kind} · ${period}`),
      };
    }),
    others: left === 0 ? '' : say('report.others', { n: left }),
    link: { text: say('report.open.page'), url: links.board(definition.id) },
  };
}

function imageName({ id }: ChartResponse): string {
  return `${id}.svg`;
}

import { formatter } from '#dashboards/format.js';
import type { MetricInfo, MetricResult, MetricRow } from '#dashboards/metric-result.js';
import { alignedLines } from '../command-line/aligned-lines.js';

/** A result for reading in a terminal: an aligned table, what it is above, what could not be measured below. */
export function metricLines(info: MetricInfo, result: MetricResult): string {
  const window = `${result.from} to ${result.to} (exclusive), ${result.zone}${result.asOf === null ? '' : `, data to ${result.asOf}`}`;
  const head = [`${info.id}: ${info.definition}`, ...estimateLines(info), `${window}; treatment ${result.treatment}`, ''];
  const absent = result.absent.map((one) => `not measurable in ${one.connection}: ${one.reason} (${one.signal})`);
  if (result.rows.length === 0) return [...head, ...(absent.length > 0 ? absent : ['nothing in this window'])].join('\n');
  return [...head, ...table(info, result), ...(absent.length > 0 ? ['', ...absent] : [])].join('\n');
}

/** How far what is read from texts can be trusted. */
function estimateLines({ estimate }: MetricInfo): string[] {
  if (!estimate) return [];
  const share = (value: number) => value.toFixed(2);
  const languages = estimate.languages.map(({ language, precision, recall }) =>
    precision === null || recall === null ? `${language} too few texts to say` : `${language} ${share(precision)} and ${share(recall)}`,
  );
  return [
    `estimate; precision ${share(estimate.precision)}, recall ${share(estimate.recall)} on ${estimate.n} labelled texts (${languages.join(', ')}); ${share(estimate.unseen.precision)} and ${share(estimate.unseen.recall)} on ${estimate.unseen.n} it was not made with`,
  ];
}

function table(info: MetricInfo, result: MetricResult): string[] {
  const format = formatter('en');
  const names = info.values.length > 0 ? info.values : ['value'];
  const shows = (row: MetricRow, name: string) => {
    const value = row.values ? row.values[name] : row.value;
    return format.value(value, info.units?.[name] ?? info.unit);
  };
  const first = info.units?.[names[0] ?? ''] ?? info.unit;
  const interval = (row: MetricRow) =>
    row.lo === null && row.hi === null ? '' : `${format.value(row.lo, first)} … ${format.value(row.hi, first)}`;
  const ratio = (row: MetricRow) =>
    row.numerator === undefined || row.denominator === undefined ? '' : `${short(row.numerator)} / ${short(row.denominator)}`;
  const columns: [string, (row: MetricRow) => string][] = [
    ['bucket', (row) => row.bucket],
    ...(result.by || result.rows.some((row) => row.by !== null)
      ? [[result.by ?? 'by', (row: MetricRow) => row.by ?? '(none)'] as [string, (row: MetricRow) => string]]
      : []),
    ...names.map((name): [string, (row: MetricRow) => string] => [name, (row) => shows(row, name)]),
    ['95 %', interval],
    ['n', (row) => String(row.n)],
    [`of ${info.counts}`, ratio],
    ['note', (row) => row.note ?? ''],
  ];
  return alignedLines(columns, result.rows);
}

function short(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}

import { calendarOf, intlLocale, isRightToLeft } from '../i18n/messages.js';
import type { MetricRow } from '../metric-result.js';
import { cellsIn, type TableCell } from './cells.js';
import { timeAxis } from './axes.js';
import { localDay, secondsOfDay } from './clock-axis.js';
import { countText, drawnText, itemsQuery, markLayer, notesOf, noteText, type Drawing, type Sketch } from './drawing.js';

const daySeconds = 86_400;
const cellHeight = 24;

/** Below this many pixels a cell holds no figure. */
const leastForFigure = 19;

/** The days of a share metric as weeks (columns) by day of the week (rows): the darker, the more units make the numerator. */
export function calendar(sketch: Sketch): Drawing {
  const answer = sketch.drawn[0]!;
  const { context, colours, say, format } = sketch;
  const firstDay = (context.calendar ?? calendarOf(context.locale)) === 'jalali' ? 6 : 1;
  const days = answer.result.rows.filter((row) => row.n > 0 || !notesOf(row).isIncomplete);
  const most = Math.max(1, ...days.map((row) => row.numerator ?? 0));
  const rows = days.map((row) => dayRow(row, firstDay, most, sketch));
  const weeks = [...new Set(rows.map(({ bucket }) => bucket))].sort();
  const weekdays = weekdayNames(firstDay, sketch);
  const top = days.reduce<MetricRow | undefined>((best, row) => ((row.numerator ?? 0) > (best?.numerator ?? 0) ? row : best), undefined);
  const last = days.findLast((row) => row.n > 0);
  const summary =
    top && last
      ? say('summary.silence-calendar', {
          day: format.date(top.bucket),
          count: countText(answer, top.numerator ?? 0, say),
          all: format.count(top.n),
          last: format.count(last.numerator ?? 0),
        })
      : say('summary.silence-calendar.none');
  return {
    rows: rows.map((row) => ({ ...row, weekday: weekdays[row.place] ?? '' })),
    table: calendarTable(days, sketch),
    summary: `${summary} ${say('summary.half-year')}`,
    spec: {
      width: context.width,
      height: 7 * cellHeight + 60,
      encoding: {
        x: { ...timeAxis(weeks, 'week', sketch), scale: { type: 'band', domain: weeks, paddingInner: 0.12, paddingOuter: 0 } },
        y: {
          field: 'weekday',
          type: 'ordinal',
          sort: null,
          scale: { type: 'band', domain: weekdays, paddingInner: 0.12 },
          axis: { orient: isRightToLeft(context.locale) ? 'right' : 'left', title: null, grid: false },
        },
      },
      layer: [
        {
          mark: { type: 'rect', cornerRadius: 3, aria: false },
          encoding: {
            color: { field: 'v', type: 'quantitative', scale: { domain: [0, most], range: colours.scale, type: 'linear' }, legend: null },
          },
        },
        {
          transform: [{ filter: 'datum.v > 0' }],
          mark: { type: 'text', fontSize: 10, aria: false, opacity: { expr: `width / ${weeks.length || 1} < ${leastForFigure} ? 0 : 1` } },
          encoding: {
            text: { field: 'label' },
            color: { condition: { test: 'datum.isDark', value: context.theme === 'light' ? '#ffffff' : '#0d1319' }, value: colours.ink },
          },
        },
        {
          name: markLayer,
          mark: { type: 'rect', opacity: 0, cursor: 'pointer', aria: rows.length <= 200 },
          encoding: { description: { field: 'text' }, tooltip: { field: 'text' } },
        },
      ],
    },
  };
}

function dayRow(row: MetricRow, firstDay: number, most: number, sketch: Sketch) {
  const answer = sketch.drawn[0]!;
  const { say, format } = sketch;
  const at = secondsOfDay(row.bucket);
  const place = (new Date(at * 1_000).getUTCDay() - firstDay + 7) % 7;
  const n = row.numerator ?? 0;
  const said = [
    say('point.silence', { day: format.date(row.bucket), count: countText(answer, n, say), all: format.count(row.n) }),
    noteText({ ...row, note: aboutTheDay(row) }, say),
  ];
  return {
    metric: answer.result.metric,
    day: row.bucket,
    // The first day of its week.
    bucket: localDay(at - place * daySeconds),
    place,
    v: n,
    n,
    label: format.count(n),
    isDark: n > 0.55 * most,
    text: said.filter((part) => part !== '').join(' · '),
    items: n > 0 ? itemsQuery(answer, row, 'numerator') : null,
  };
}

/** A count is told however few there are: what is withheld is the percentage. */
function aboutTheDay(row: MetricRow): string {
  return notesOf(row)
    .words.filter((word) => word !== 'too-few' && word !== 'empty')
    .join(';');
}

/** From the first day of the week, as the reader's language abbreviates them. */
function weekdayNames(firstDay: number, sketch: Sketch): string[] {
  const { locale } = sketch.context;
  const format = new Intl.DateTimeFormat(intlLocale(locale, sketch.context), { weekday: 'short', timeZone: 'UTC' });
  // 4 January 1970 was a Sunday.
  return Array.from({ length: 7 }, (_, place) => drawnText(format.format(new Date(Date.UTC(1970, 0, 4 + firstDay + place))), sketch));
}

/** The latest day first. */
function calendarTable(days: MetricRow[], { say, format }: Sketch): TableCell[][] {
  const cell = cellsIn(format);
  const head = [say('head.day'), say('head.silent-items'), say('head.open-items')];
  return [head, ...days.toReversed().map((row) => [cell.date(row.bucket), cell.count(row.numerator ?? 0), cell.count(row.n)])];
}

import { segmentName } from '#dashboards/charts/drawing.js';
import type { Tongue } from '#dashboards/sentences/sentence.js';
import { withReasonsIn } from '#dashboards/i18n/reasons/reason-in.js';
import { missing } from '#dashboards/format.js';
import { Temporal } from 'temporal-polyfill';
import type { Links } from './links.js';
import type { SummaryFacts } from './read-summary.js';
import type { SummaryTable } from './report-document.js';

/** Customers with most to fear from us, as things stand. */
export function customersAtRisk({ customers }: SummaryFacts, { say, format }: Tongue, links: Links): SummaryTable {
  const rows = customers.customers.map(({ customer, items, untold, expectedLate, longestSilence }) => ({
    cells: [
      segmentName(customer, say),
      format.count(items),
      format.count(untold),
      format.number(expectedLate),
      longestSilence === null ? missing : format.duration(longestSilence),
    ],
    url: links.watch(customer),
  }));
  return {
    title: say('report.customers'),
    lead: say('report.customers.lead'),
    head: [
      say('report.head.customer'),
      say('report.head.items'),
      say('report.head.untold'),
      say('report.head.expected'),
      say('report.head.silence'),
    ],
    rows,
    ...counted(rows.length, customers.total, say('report.customers.none'), { say, format }),
    more: rows.length === 0 ? null : { text: say('report.open.list'), url: links.watch() },
  };
}

/** Dates that were moved when it was too late; the reason where no source tells them. */
export function movedTable({ moved, window, question }: SummaryFacts, { say, format }: Tongue, links: Links): SummaryTable {
  const [untold] = withReasonsIn(question.locale, moved).absent;
  const notMoved = moved.isUntold && untold ? say('summary.absent', { reason: untold.reason }) : say('report.moved.none');
  const day = (iso: string) => format.date(Temporal.Instant.from(iso).toZonedDateTimeISO(window.zone).toPlainDate().toString());
  const rows = moved.moves.map(({ itemId, externalId, title, team, customer, oldDue, newDue, movedSeconds }) => ({
    cells: [
      title === null ? externalId : `${externalId} ${title}`,
      segmentName(customer, say),
      segmentName(team, say),
      day(oldDue),
      day(newDue),
      format.difference(movedSeconds, 's'),
    ],
    url: links.item(itemId),
  }));
  return {
    title: say('report.moved'),
    lead: rows.length === 0 ? '' : say('report.moved.lead'),
    head: [
      say('report.head.item'),
      say('report.head.customer'),
      say('report.head.team'),
      say('report.head.old-date'),
      say('report.head.new-date'),
      say('report.head.by'),
    ],
    rows,
    ...counted(rows.length, moved.total, notMoved, { say, format }),
    more: rows.length === 0 ? null : { text: say('report.open.list'), url: links.items('delay', 'slip-after-due', 'numerator') },
  };
}

function counted(shown: number, all: number, none: string, { say, format }: Tongue): Pick<SummaryTable, 'shown' | 'none'> {
  return all === 0
    ? { shown: null, none }
    : { shown: say('report.shown', { shown: format.count(shown), all: format.count(all) }), none: null };
}

import { contentTypes } from '../../exports/formats.js';
import type { Told } from './told.js';

/** Media types of lists as files. */
export const files: readonly string[] = Object.values(contentTypes).map((type) => type.replace(/;.*/, ''));

/** What is read: boards, numbers, items. */
export const reading: Record<string, Told> = {
  'Dashboards.state': 'What is connected, how fresh it is, which boards there are, who asks.',
  'Dashboards.headlines': 'The headline of every board.',
  'Dashboards.board': 'A board: its charts as drawings with rows, headlines and sentences.',
  'Dashboards.boardCharts': {
    summary: 'A board chart by chart, a line of JSON each as soon as it is there.',
    answers: ['application/x-ndjson'],
  },
  'Dashboards.names': 'Names of a dimension that can be filtered by.',
  'Dashboards.metrics': 'The metrics there are.',
  'Dashboards.metric': 'A metric, with n, interval and how open items are treated.',
  'Dashboards.items': 'A page of the items behind a number.',
  'Dashboards.download': { summary: 'All items behind a number, as a file.', answers: files },
  'Dashboards.sql': 'The SQL that gives a number, over the views of the schema analytics.',
  'Dashboards.drivers': 'Which segments carry the change of a metric.',
  'Dashboards.why': 'What changed in a chart, which segments carry it, and what it does not say.',
  'Dashboards.item': 'An item: its story, courts, owners, promises, messages.',
  'Dashboards.removeSample': 'Remove the made-up company.',
  'ChartFiles.file': { summary: 'A chart as a file: drawing or rows, as the end of its name says.', answers: ['image/svg+xml', ...files] },
  'Today.today': 'What changed, signal told from noise, and who carries it.',
  'Watch.list': 'Open items that are late, silent or likely to be late, whom to call first.',
  'Watch.download': { summary: 'The whole watch list, as a file.', answers: files },
  'Watch.customers': 'The watch list by customer.',
  'Watch.handled': 'What became of items that were handled.',
  'Watch.handle': 'Take an item off the watch list until something happens to it.',
  'Watch.undo': 'Bring an item back to the watch list.',
  'Search.search': 'Charts, names and items that match a text.',
  'Quality.quality': 'How far the data can be trusted.',
  'Quality.items': 'Items that fail a check.',
  'Restatements.restatements': 'Past weeks that say something else than they did.',
};

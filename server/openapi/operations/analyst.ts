import type { Told } from './told.js';
import { files } from './reading.js';

/** What analysts ask: views, queries, exports. */
export const analyst: Record<string, Told> = {
  'Exports.views': 'The analytics views, with their columns.',
  'Exports.view': { summary: 'An analytics view as a file, whole or not at all.', answers: files },
  'Exports.query': { summary: 'Ask a question in SQL and take its rows as a file, whole or not at all.', answers: files },
  'ExportSchedules.list': 'Files that are written by themselves: to a folder, by mail, into a bucket.',
  'ExportSchedules.add': 'Let a view or a query be written by itself.',
  'ExportSchedules.read': 'A scheduled export.',
  'ExportSchedules.change': 'Change a scheduled export.',
  'ExportSchedules.remove': 'Remove a scheduled export.',
  'ExportSchedules.pause': 'Stop a scheduled export, or let it go on.',
  'ExportSchedules.run': 'Write its file now.',
  'ExportSchedules.runs': 'What became of its runs.',
  'ExportSchedules.retry': 'Try a failed run once more.',
  'ExportSchedules.file': { summary: 'The file that a run wrote.', answers: files },
  'Workbench.state': 'Whether questions in SQL are taken, why not, and their limits.',
  'Workbench.schema': 'Views, columns and what they mean.',
  'Workbench.run': {
    summary: 'Ask a question in SQL: a line of JSON for the columns, then for rows, then how it ended.',
    answers: ['application/x-ndjson'],
  },
  'Workbench.cancel': 'Stop a running question of one’s own.',
  'Workbench.explain': 'The plan of a question, without running it.',
  'Workbench.history': 'Questions one asked lately.',
  'Workbench.queries': 'Queries that are kept: one’s own and those that are shared.',
  'Workbench.query': 'A query that is kept.',
  'Workbench.keep': 'Keep a query.',
  'Workbench.change': 'Change a query, or share it.',
  'Workbench.remove': 'Remove a query.',
};

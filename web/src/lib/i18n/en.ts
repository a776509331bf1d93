import { access } from './access/en';
import { identity } from './identity/en';
import { alerts } from './alerts/en';
import { choice } from './choice/en';
import { connections } from './connections/en';
import { points } from './points/en';
import { quality } from './quality/en';
import { handled } from './handled/en';
import { today } from './today/en';
import { nextStep } from './next-step/en';
import { notes } from './notes/en';
import { schedules } from './schedules/en';
import { sql } from './sql/en';
import { why } from './why/en';
import { palette } from './palette/en';
import { views } from './views/en';
import { records } from './records/en';
import { reports } from './reports/en';
import { targets } from './targets/en';
import { beliefs } from './beliefs/en';
import { download } from './download/en';
import { myBoards } from './my-boards/en';
import { wall } from './wall/en';
import { exports } from './exports/en';
import { privacy } from './privacy/en';
import { workbench } from './workbench/en';
import { rooms } from './rooms/en';
import { audit } from './audit/en';
import { apiDocs } from './api-docs/en';

/** English, the measure of the others. Texts of charts and metrics come finished from the server. */
export const en = {
  'app.name': 'Throughline',
  'app.skip': 'Skip to the content',
  'nav.label': 'Main',
  'nav.home': 'Today',
  'nav.data': 'Data',

  'setting.language': 'Language',
  'setting.theme': 'Colours',
  'theme.system': 'as the system',
  'theme.light': 'light',
  'theme.dark': 'dark',

  'sample.notice': 'This is a made-up company, loaded so that you can look around.',
  'sample.remove': 'Remove the sample data',
  'sample.removing': 'Removing…',

  'unit.days': '{n, number} d',
  'unit.hours': '{n, number} h',
  'unit.minutes': '{n, number} min',
  'unit.seconds': '{n, number} s',
  'ago.now': 'just now',
  'ago.minutes': '{n, plural, one {# minute ago} other {# minutes ago}}',
  'ago.hours': '{n, plural, one {# hour ago} other {# hours ago}}',
  'ago.days': '{n, plural, one {# day ago} other {# days ago}}',

  'fresh.to': 'Data to {at}',
  'fresh.read': '{connection} read {ago}',
  'fresh.never': '{connection} not read yet',
  'fresh.zone': 'times in {zone}',
  'fresh.deriving': 'New data is being worked in; these are the numbers before it.',

  'home.title': 'What customers felt',
  'home.lead': '{from} to {to}, against the period of the same length before it.',
  'home.open': 'Open the board',

  'unknown.notice': 'Unknown in this address and left out: {names}.',

  'filter.period': 'Period',
  'filter.grain': 'In steps of',
  'filter.by': 'Broken down by',
  'filter.by.none': 'nothing',
  'filter.filters': 'Filters',
  'filter.clear': 'Clear all filters',
  'filter.all': 'all',
  'filter.chosen': '{n, plural, one {# chosen} other {# chosen}}',
  'filter.search': 'Search {dimension}',
  'filter.none-found': 'No match.',
  'filter.more': '{n, plural, one {# more; search to find it} other {# more; search to find them}}',
  'filter.from': 'From',
  'filter.until': 'To the end of',
  'filter.apply': 'Apply',
  'filter.nobody': '(none)',

  'period.default': 'as proposed',
  'period.4-weeks': 'last 4 weeks',
  'period.13-weeks': 'last 13 weeks',
  'period.26-weeks': 'last 26 weeks',
  'period.52-weeks': 'last 52 weeks',

  'grain.day': 'days',
  'grain.week': 'weeks',
  'grain.month': 'months',

  'dimension.team': 'Team',
  'dimension.type': 'Type',
  'dimension.service': 'Service',
  'dimension.channel': 'Channel',
  'dimension.priority': 'Priority',
  'dimension.customer': 'Customer',
  'dimension.group': 'Customer group',
  'dimension.connection': 'Connection',
  'dimension.language': 'Language',

  'chart.table': 'Show the table',
  'chart.picture': 'Show the chart',
  'chart.explain': 'What is {name}?',
  'chart.keys': 'Arrow keys move between the marks; Enter opens the items behind one.',
  'chart.open': '{text}. Open the items.',
  'chart.failed': 'The chart could not be drawn: {reason}',
  'chart.table.caption': '{title}, as a table',
  'chart.partly': 'Not measurable for {connections}',
  'chart.close': 'Close',

  'tone.better': 'Better',
  'tone.worse': 'Worse',
  'tone.same': 'Unchanged',
  'tone.unclear': 'No clear change',

  'state.loading': 'Loading…',
  'state.empty.title': 'No data yet',
  'state.empty.text': 'Read a file or connect a tool, then this page fills.',
  'state.empty.how': 'Import an event log from the command line:',
  'state.filtered': 'Nothing matches these filters in this period.',
  'state.failed': 'This could not be loaded.',
  'state.error-id': 'Error id {id}, to find it in the log',
  'state.retry': 'Try again',
  'state.offline': 'The server does not answer. Is it running?',
  'state.not-found': 'There is no such page.',
  'state.back-home': 'Go to Today',

  'items.title': 'Behind the mark',
  'items.count.items': '{n, plural, one {# item} other {# items}}',
  'items.count.handoffs': '{n, plural, one {# handoff} other {# handoffs}}',
  'items.count.promises': '{n, plural, one {# promise} other {# promises}}',
  'items.count.resolutions': '{n, plural, one {# resolution} other {# resolutions}}',
  'items.count.messages': '{n, plural, one {# message} other {# messages}}',
  'items.count.ratings': '{n, plural, one {# rating} other {# ratings}}',
  'items.count.answers': '{n, plural, one {# answer} other {# answers}}',
  'items.count.journeys': '{n, plural, one {# journey} other {# journeys}}',
  'items.back': 'Back to {board}',
  'items.range': '{from} to {to} of {total}',
  'items.previous': 'Previous',
  'items.next': 'Next',
  'items.pages': 'Pages',
  'items.yes': 'yes',
  'items.no': 'no',
  'items.whole': 'the whole period',
  'items.none': 'Nothing is behind this mark.',
  'items.column.item': 'Item',
  'items.column.contribution': 'Adds',
  'items.column.customer': 'Customer',
  'items.column.team': 'Team',
  'items.column.type': 'Type',
  'items.column.created': 'Created',
  'items.column.outcome': 'Outcome',

  'outcome.open': 'open',
  'outcome.done': 'done {at}',
  'outcome.done-plain': 'done',
  'outcome.cancelled': 'cancelled',
  'outcome.unknown': 'end unknown',

  'item.open-in-tool': 'Open in {tool}',
  'item.since': 'Created {at}',
  'item.took': 'took {duration}',
  'item.open-for': 'open for {duration}',
  'item.story': 'Where the ball was',
  'item.axis': 'From {from} to {to}',
  'item.courts': 'Time in each court',
  'item.nobody': 'nobody',
  'item.promises': 'Dates promised',
  'item.promise': 'Said {said}: by {due}',
  'item.promise.later': 'moved {duration} later',
  'item.promise.earlier': 'moved {duration} earlier',
  'item.promise.after': 'after the old date had passed',
  'item.promise.asked': 'asked for by the customer',
  'item.handoffs': 'Handoffs',
  'item.handoff': '{from} to {to}',
  'item.handoff.wait': 'then waited {duration}',
  'item.handoff.no-wait': 'nothing done since',
  'item.handoff.direct': 'sent straight back',
  'item.handoff.indirect': 'came back later',
  'item.level.team': 'team',
  'item.level.person': 'person',
  'item.links': 'Linked with',
  'item.events': 'What happened',
  'item.events.public': 'Only what the customer saw or said',
  'item.legend.said': 'we told the customer',
  'item.legend.asked': 'the customer wrote',
  'item.legend.promise': 'promised date',
  'item.legend.handoff': 'handoff',
  'item.legend.stale': 'no fresh word for the customer',

  'court.ours_active': 'ours, worked on',
  'court.ours_waiting': 'ours, waiting',
  'court.customer': 'customer',
  'court.third_party': 'third party',
  'meaning.done': 'done',
  'meaning.cancelled': 'cancelled',
  'meaning.unmapped': 'not mapped',

  'event.created': 'Created',
  'event.status': 'Status: {status}',
  'event.owner': 'With {owner}',
  'event.changed': 'Changed',
  'event.promised': 'Promised by {due}',
  'event.unpromised': 'Promise taken back',
  'event.said.customer': 'The customer wrote',
  'event.said.team': 'We wrote to the customer',
  'event.said.internal': 'Internal note',
  'event.said.system': 'Automatic message',
  'event.noted': 'Hand-over note',
  'event.rated': 'Rated {rating}',

  'data.title': 'Where the numbers come from',
  'data.lead': 'Each connection, how far its data goes, and what could not be read.',
  'data.connector': 'Connector',
  'data.as-of': 'Data to',
  'data.last-run': 'Last run',
  'data.items': 'Items',
  'data.quarantined': 'In quarantine',
  'data.unmapped': 'Statuses not mapped',
  'data.unmapped.why': 'Their time counts as ours, waiting, until they are mapped.',
  'data.quarantine.how': 'List and retry them from the command line:',
  'data.sample': 'sample',
  'data.never': 'never',
  'data.none': 'none',
  'data.run.complete': 'complete',
  'data.run.running': 'running',
  'data.run.failed': 'failed',
  'data.run.incomplete': 'incomplete',
  'data.import': 'Bring your own data',
  'data.export': 'Take the data with you',
  'data.export.lead': 'Documented views as CSV, XLSX, JSON, Arrow or Parquet, now or by schedule.',
  'data.version': 'Version {version}. Nothing is sent anywhere: there is no telemetry.',

  ...points,
  ...choice,
  ...alerts,
  ...access,
  ...identity,
  ...quality,
  ...nextStep,
  ...notes,
  ...sql,
  ...why,
  ...connections,
  ...today,
  ...handled,
  ...views,
  ...schedules,
  ...records,
  ...reports,
  ...targets,
  ...beliefs,
  ...download,
  ...myBoards,
  ...wall,
  ...palette,
  ...workbench,
  ...rooms,
  ...audit,
  ...apiDocs,
  ...exports,
  ...privacy,
} as const;

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createDocumentedView, type DocumentedView } from './documented-view.js';

export const metricView: DocumentedView = {
  name: 'metric',
  comment: 'One row per metric: what its numbers in analytics.metric_week mean.',
  columns: [
    ['metric', 'm.metric', 'Its id, as on the page and in the API.'],
    ['family', 'm.family', 'The feeling it belongs to.'],
    ['definition', 'm.definition', 'In words; what happens to open and reopened items included.'],
    ['unit', 'm.unit', 's: seconds. %: 0 to 100. pp: percentage points. x: a ratio of two durations. n: a count.'],
    [
      'treatment',
      'm.treatment',
      'How items still open count. KM: followed up to now, Kaplan-Meier. TW: by their time in the week. COH: the cohort that began then. EVT: each event. FIN: finished items alone.',
    ],
    ['direction', 'm.direction', 'Which way is better: lower, higher or neither.'],
    ['counts', 'm.counts', 'What n counts: items, handoffs, promises and so on.'],
    ['minimum_n', 'm.minimum_n', 'With fewer a value is withheld.'],
  ],
  from: 'from facts.metric m',
};

export const metricWeekView: DocumentedView = {
  name: 'metric_week',
  comment:
    'One row per metric, value and week, of everything and of each team: the numbers of the page. The last 53 weeks, from the newest data; written anew by the server within minutes of a change.',
  columns: [
    ['metric', 'w.metric', 'Id of the metric; joins analytics.metric.'],
    ['week', 'w.week', 'Its Monday, in the time zone of time_zone.'],
    ['dimension', 'w.dimension', 'all: of everything. team: of the team in segment.'],
    ['segment', 'w.segment', 'Name of the team. Null: of everything, or of items without a team.'],
    ['value_name', 'w.value_name', 'Which of several values, such as p50 or p85; value where the metric has one.'],
    ['value', 'w.value', 'In unit. Null: withheld or not reached; note says which.'],
    ['unit', 'w.unit', 'Of value: s: seconds. %: 0 to 100. pp: percentage points. x: a ratio. n: a count.'],
    ['n', 'w.n', 'How many were counted: see counts and treatment in analytics.metric.'],
    ['low', 'w.low', 'Lower end of the 95 % interval of value. Null: there is none, or it is another value that has it.'],
    ['high', 'w.high', 'Upper end of it. Null: none, or open.'],
    [
      'note',
      'w.note',
      'Several joined by ";": empty, too-few, not-reached, undefined, mixed-types (choose one type of work), running (the week is not over), partial, excluded:12. Null: nothing to say.',
    ],
    ['time_zone', 's.zone', 'Zone of the weeks.'],
    ['as_of_at', 's.as_of_at', 'Time of the data they were counted from.'],
  ],
  from: 'from facts.metric_week w cross join facts.metric_week_state s',
};

/** What metrics say of each week, for analysts; the schema they read gets a version. */
export class MetricWeeks1763700000177 implements MigrationInterface {
  name = 'MetricWeeks1763700000177';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table facts.metric (
        metric text primary key,
        family text not null,
        definition text not null,
        unit text not null,
        treatment text not null,
        direction text not null,
        counts text not null,
        minimum_n integer not null
      );
      comment on table facts.metric is 'The metrics of this version of the program, beside their weeks.';

      create table facts.metric_week (
        metric text not null,
        dimension text not null check (dimension in ('all', 'team')),
        segment text,
        week date not null,
        value_name text not null,
        value double precision,
        unit text not null,
        n integer not null,
        low double precision,
        high double precision,
        note text,
        unique nulls not distinct (metric, dimension, segment, week, value_name)
      );
      comment on table facts.metric_week is 'The numbers of the page by week, written anew as a whole when facts have changed.';

      create table facts.metric_week_state (
        is_one boolean primary key default true check (is_one),
        fact_version bigint not null,
        zone text not null,
        as_of_at timestamptz,
        definitions text not null,
        counted_at timestamptz not null
      );
      comment on table facts.metric_week_state is 'Which facts facts.metric_week was counted from; no row before the first time.';

      comment on schema analytics is 'Version 1.1. Documented views for analysts. The second number grows with what is added, the first when a query written before may break.';
    `);
    for (const view of [metricView, metricWeekView]) await createDocumentedView(runner, view);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

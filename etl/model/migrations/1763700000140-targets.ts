import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What numbers are wanted to reach, with every value they were set to; and which questions about beliefs were passed over. */
export class Targets1763700000140 implements MigrationInterface {
  name = 'Targets1763700000140';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.target (
        id uuid primary key default gen_random_uuid(),
        metric text not null,
        part text,
        scope text not null,
        every text check (every in ('month', 'quarter')),
        weeks integer check (weeks between 6 and 52),
        decided_on date,
        set_at timestamptz not null default now(),
        unique nulls not distinct (metric, part, scope),
        check ((every is null) = (weeks is null)),
        check (every is not null or decided_on is null)
      );
      comment on table app.target is 'A number that is wanted of a metric; what it was set to stands in app.target_move.';
      comment on column app.target.part is 'Which of several values of the metric; null where it has one.';
      comment on column app.target.scope is 'The filters of the number as JSON, names sorted; {} for everything.';
      comment on column app.target.every is 'A ratchet looks at the end of each such period; null: set by hand.';
      comment on column app.target.weeks is 'How many complete weeks a ratchet looks back on.';
      comment on column app.target.decided_on is 'First day after the last period a ratchet has looked at.';

      create table app.target_move (
        id bigint generated always as identity primary key,
        target_id uuid not null references app.target on delete cascade,
        from_on date not null,
        value float8 not null,
        person text check (person <> ''),
        note text check (note <> ''),
        seen_from_on date,
        seen_to_on date,
        weeks integer,
        median float8,
        lo float8,
        hi float8,
        moved_at timestamptz not null default now(),
        unique (target_id, from_on),
        check (num_nulls(seen_from_on, seen_to_on, weeks, median) in (0, 4)),
        check (person is not null or median is not null)
      );
      comment on table app.target_move is 'A value of a target, from a local day until the next one.';
      comment on column app.target_move.value is 'In the unit of the metric: seconds, percent, percentage points, a ratio or a count.';
      comment on column app.target_move.person is 'Who set it; null where the ratchet moved.';
      comment on column app.target_move.median is 'Of the complete weeks from seen_from_on until before seen_to_on, weeks of them told; lo and hi are its 95 % interval.';

      alter table app.belief add column board text check (board <> '');
      comment on column app.belief.board is 'Where the question was asked; null where no board asked.';

      create table app.belief_skip (
        person text not null check (person <> ''),
        board text not null check (board <> ''),
        from_on date not null,
        to_on date not null,
        skipped_at timestamptz not null default now(),
        primary key (person, board, from_on, to_on),
        check (from_on < to_on)
      );
      comment on table app.belief_skip is 'Somebody passed over the question of a board about a window, and is not asked again.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Summaries that were made, as they were sent or read. */
export class Reports1763700000150 implements MigrationInterface {
  name = 'Reports1763700000150';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.report (
        id uuid primary key default gen_random_uuid(),
        spec jsonb not null,
        spec_key text not null,
        content_key text not null,
        said_key text not null,
        fact_version bigint not null,
        as_of_at timestamptz,
        made_at timestamptz not null default now(),
        locale text not null,
        subject text not null,
        file_name text not null,
        document jsonb not null,
        html text not null,
        text text not null,
        pdf bytea not null check (length(pdf) > 0),
        is_nothing_new boolean not null,
        unique (spec_key, content_key)
      );
      create index report_made on app.report (made_at desc);
      create index report_spec on app.report (spec_key, made_at desc);
      comment on table app.report is 'Summaries that were made: the same spec with the same content is one report.';
      comment on column app.report.spec is 'What was asked for: boards, filters, language, paper, period.';
      comment on column app.report.spec_key is 'SHA-256 of the spec, fields in order.';
      comment on column app.report.content_key is 'SHA-256 of everything the report says and draws.';
      comment on column app.report.said_key is 'SHA-256 of what it found, without the numbers: two reports that found the same have the same.';
      comment on column app.report.fact_version is 'Version of the facts its numbers come from.';
      comment on column app.report.as_of_at is 'The data''s own time, the latest of its connections; null without data.';
      comment on column app.report.document is 'Its sentences and tables, formatted, as the page shows them.';
      comment on column app.report.is_nothing_new is 'Nothing to report, or the same as the report of this spec before it.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Boards that a person arranges from charts of other boards. */
export class PersonalBoards1763700000141 implements MigrationInterface {
  name = 'PersonalBoards1763700000141';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.personal_board (
        id uuid primary key default gen_random_uuid(),
        title text not null check (title <> ''),
        owner text not null check (owner <> ''),
        description text not null default '',
        charts jsonb not null default '[]' check (jsonb_typeof(charts) = 'array'),
        updated_at timestamptz not null default now(),
        removed_at timestamptz
      );
      create index personal_board_owner on app.personal_board (owner) where removed_at is null;
      comment on table app.personal_board is 'A board arranged by a person: everybody may read it, its owner changes it.';
      comment on column app.personal_board.charts is 'In the order they are drawn, each with the board it is from, its id, and its width: half or full.';
      comment on column app.personal_board.removed_at is 'Removed by its owner, who may bring it back for 30 days; null: it is there.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

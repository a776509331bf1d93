import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The mail server's own words, beside our reason. */
export class MailAnswer1763700000152 implements MigrationInterface {
  name = 'MailAnswer1763700000152';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table app.mail add answer text;
      comment on column app.mail.reason is 'At which step it failed last, as a word; null: it did not.';
      comment on column app.mail.answer is 'In the mail server''s words.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Messages that wait to be sent, and what became of them. */
export class Mail1763700000151 implements MigrationInterface {
  name = 'Mail1763700000151';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.mail (
        id uuid primary key default gen_random_uuid(),
        key text not null,
        recipient text not null,
        recipient_name text not null,
        identity text not null,
        message_id text,
        subject text not null,
        text_body text not null,
        html_body text not null,
        list_unsubscribe text,
        about_kind text,
        about_id text,
        state text not null default 'queued' check (state in ('queued', 'sending', 'sent', 'unknown', 'failed')),
        reason text,
        attempts int not null default 0,
        handovers int not null default 0,
        is_handed_over boolean not null default false,
        is_told boolean not null default false,
        token bigint not null default 0,
        holder text,
        lease_until timestamptz,
        queued_at timestamptz not null default now(),
        first_tried_at timestamptz,
        due_at timestamptz default '-infinity',
        sent_at timestamptz,
        sent_by text check (sent_by in ('smtp', 'file')),
        unique (key, recipient),
        check ((about_kind is null) = (about_id is null)),
        check ((state = 'sent') = (sent_at is not null)),
        check ((state = 'sending') = (lease_until is not null))
      );
      comment on table app.mail is 'The outbox: a row for each sending and recipient. Key and recipient are its identity.';
      comment on column app.mail.identity is 'SHA-256 of key and recipient; what stands before the @ of the Message-ID.';
      comment on column app.mail.message_id is 'As sent, in angle brackets; settled at the first attempt, the same in every later one.';
      comment on column app.mail.state is 'unknown: the connection broke after the message was handed over and before the server said so.';
      comment on column app.mail.handovers is 'How often the message was handed over without an answer.';
      comment on column app.mail.is_handed_over is 'The attempt under way has begun to hand the message over.';
      comment on column app.mail.is_told is 'Whoever had it sent was told that it failed.';
      comment on column app.mail.token is 'Grows with each attempt; what an earlier one writes is refused.';
      comment on column app.mail.due_at is 'When it is tried next, queued or unknown; null: never again by itself.';
      create index mail_due_at on app.mail (due_at) where state in ('queued', 'unknown');
      create index mail_lease_until on app.mail (lease_until) where state = 'sending';
      create index mail_queued_at on app.mail (queued_at);
      create index mail_about on app.mail (about_kind, about_id);

      create table app.mail_file (
        sha256 text primary key,
        bytes bytea not null,
        kept_at timestamptz not null default now()
      );
      comment on table app.mail_file is 'What is attached to messages; once, however many get it.';

      create table app.mail_attachment (
        mail_id uuid not null references app.mail on delete cascade,
        position int not null,
        file_name text not null,
        content_type text not null,
        sha256 text not null references app.mail_file,
        primary key (mail_id, position)
      );
      create index mail_attachment_sha256 on app.mail_attachment (sha256);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

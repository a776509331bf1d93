import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was said, what was read from it, and how far it explains a delay. Marks read from text are estimates. */
export class Words1763700000060 implements MigrationInterface {
  name = 'Words1763700000060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table facts.word (
        item_id uuid not null,
        n int not null,
        at timestamptz not null,
        side text check (side in ('team', 'customer', 'system')),
        is_public boolean not null,
        is_bot boolean not null,
        actor_id uuid,
        team_id uuid,
        person_id uuid,
        due_at timestamptz,
        is_chase boolean not null,
        gives_reason boolean not null,
        gives_date boolean not null,
        is_question boolean not null,
        is_repeat boolean not null,
        is_thanks boolean not null,
        is_reask boolean not null,
        primary key (item_id, n)
      );
      comment on table facts.word is 'Every message of an item in its order. Marks are set on public messages of persons alone; those read from text are estimates.';
      comment on column facts.word.actor_id is 'Who said it; team_id and person_id: who had the item then.';
      comment on column facts.word.due_at is 'The promised date that was given or moved within five minutes of it; null for none.';
      comment on column facts.word.is_chase is 'The customer asks how it is going.';
      comment on column facts.word.gives_reason is 'We say why it takes longer.';
      comment on column facts.word.gives_date is 'With a promised date, or naming one in the text.';
      comment on column facts.word.is_question is 'We ask the customer something.';
      comment on column facts.word.is_repeat is 'The customer says that it was said before, or sends an attachment again after a handoff.';
      comment on column facts.word.is_reask is 'Among the first two public messages of the receiver of a handoff, asking what was asked before it.';

      create table facts.handoff_word (
        item_id uuid not null,
        level text not null check (level in ('team', 'person')),
        n int not null,
        receiver_words int not null,
        customer_words int not null,
        is_reask boolean not null,
        is_repeat boolean not null,
        primary key (item_id, level, n)
      );
      comment on table facts.handoff_word is 'What was said in public after a handoff while the receiver had the item; one row per handoff in which something was.';
      comment on column facts.handoff_word.receiver_words is 'Of the receiver, two at most.';
      comment on column facts.handoff_word.is_reask is 'In the first two messages of the receiver a question that was asked before the handoff.';
      comment on column facts.handoff_word.is_repeat is 'The customer had to say or send again what was said or sent before.';

      create table facts.delay (
        item_id uuid not null,
        n int not null,
        from_at timestamptz not null,
        to_at timestamptz not null,
        team_id uuid,
        is_late boolean not null,
        is_silent boolean not null,
        is_explained boolean not null,
        primary key (item_id, n),
        check (from_at < to_at and (is_late or is_silent))
      );
      comment on table facts.delay is 'Open time past the promised date, or in our court and beyond the promised interval since our last public word.';
      comment on column facts.delay.is_explained is 'Covered by a public message of ours that gives a reason or a date: until its promised date, or else for one interval.';

      create view measured.turn as
      select
        i.version, i.item_id, i.connection_id, t.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, t.n, t.asked_at, t.answered_at, t.until_at, t.business_seconds
      from facts.turn t
      join facts.item i on i.item_id = t.item_id;

      create view measured.word as
      select
        i.version, i.item_id, i.connection_id, w.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, w.n, w.at, w.side, w.is_public, w.is_bot, w.due_at,
        w.is_chase, w.gives_reason, w.gives_date, w.is_question, w.is_repeat, w.is_thanks, w.is_reask
      from facts.word w
      join facts.item i on i.item_id = w.item_id;

      create view measured.handoff_word as
      select
        i.version, i.item_id, i.connection_id, case h.level when 'team' then h.to_id else i.team_id end as team_id, i.customer_id,
        i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, h.level, h.n, h.at, w.receiver_words, w.customer_words, w.is_reask, w.is_repeat
      from facts.handoff_word w
      join facts.handoff h on h.item_id = w.item_id and h.level = w.level and h.n = w.n
      join facts.item i on i.item_id = w.item_id;

      create view measured.delay as
      select
        i.version, i.item_id, i.connection_id, d.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, d.n, d.from_at, d.to_at, d.is_late, d.is_silent, d.is_explained
      from facts.delay d
      join facts.item i on i.item_id = d.item_id;

      create view measured.notice as
      select
        i.version, i.item_id, i.connection_id, i.team_id, i.customer_id, i.type, i.service, i.channel, i.priority, i.language,
        i.excluded, i.outcome, i.ended_at, i.first_due_at, p.said_at as promised_at,
        (
          select min(w.at)
          from facts.word w
          where w.item_id = i.item_id
            and w.at > p.said_at + interval '5 minutes'
            and w.at <= i.ended_at
            and w.side = 'team'
            and (w.gives_reason or w.gives_date)
            and w.due_at is distinct from i.first_due_at
        ) as announced_at,
        (
          select min(w.at)
          from facts.word w
          where w.item_id = i.item_id and w.at > p.said_at and w.at <= i.ended_at and w.is_chase
        ) as chased_at,
        (
          select min(m.said_at)
          from facts.promise m
          where m.item_id = i.item_id and m.n > 1 and m.asked_by_customer
        ) as asked_to_move_at
      from facts.item i
      join facts.promise p on p.item_id = i.item_id and p.n = 1
      where i.first_due_at is not null;
      comment on view measured.notice is 'Items with a promise, one row each: when we first gave a reason or another date after it, when the customer first asked how it was going.';
      comment on column measured.notice.asked_to_move_at is 'When the date was first moved at the wish of the customer.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Facts are derived: drop the schema and rebuild.');
  }
}

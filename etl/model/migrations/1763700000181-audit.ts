import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who did what. Rows are added, never changed; they go when they are older than `app.setting` lets them be kept. */
export class Audit1763700000181 implements MigrationInterface {
  name = 'Audit1763700000181';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table app.audit (
        id bigint generated always as identity primary key,
        at timestamptz not null default clock_timestamp(),
        account uuid,
        name text not null default '',
        role text not null default '',
        by text not null,
        action text not null check (action <> ''),
        object text,
        outcome text not null check (outcome in ('done', 'refused', 'failed')),
        detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object' and length(detail::text) <= 4000),
        address text
      );
      comment on table app.audit is 'Who did what, and what came of it. Never secrets, never texts of tickets.';
      comment on column app.audit.account is 'Null: nobody was signed in. An account that is gone stays named here.';
      comment on column app.audit.by is 'How the asker was known: session, token, share, guest, open, command or program.';
      comment on column app.audit.object is 'What it was done to: an id or a name.';
      comment on column app.audit.address is 'Where the request came from.';
      create index audit_action on app.audit (action, id);
      create index audit_name on app.audit (name, id);

      create function app.refuse_change_of_audit() returns trigger language plpgsql as $$
      declare
        keep_days int;
      begin
        if tg_op = 'TRUNCATE' then
          if exists (select from app.audit) then
            raise exception 'app.audit is only added to' using errcode = '42501';
          end if;
          return null;
        end if;
        if tg_op = 'DELETE' then
          select greatest(30, coalesce((value ->> 'keepDays')::int, 400)) into keep_days from app.setting where name = 'audit';
          if old.at < now() - make_interval(days => coalesce(keep_days, 400)) then
            return old;
          end if;
        end if;
        raise exception 'app.audit is only added to; rows go by themselves after % days', coalesce(keep_days, 400) using errcode = '42501';
      end
      $$;
      create trigger audit_is_only_added_to before update or delete on app.audit
        for each row execute function app.refuse_change_of_audit();
      create trigger audit_is_not_emptied before truncate on app.audit
        for each statement execute function app.refuse_change_of_audit();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

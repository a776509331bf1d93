import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was erased, so that no later sync brings them back; and how long texts of a connection are kept. */
export class Erasure1763700000182 implements MigrationInterface {
  name = 'Erasure1763700000182';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ingest.erasure (
        party_id uuid primary key,
        connection_id uuid not null,
        kind text not null check (kind in ('person', 'customer')),
        pseudonym text not null,
        erased_at timestamptz not null default now()
      );
      create index on ingest.erasure (pseudonym);
      comment on table ingest.erasure is 'People and customers that were erased, by the id of core.person or core.customer. The pseudonym stands wherever a name stood.';

      create table ingest.erased_word (
        hash bytea primary key,
        words int not null check (words between 1 and 8),
        pseudonym text not null,
        place text not null check (place in ('text', 'value', 'beside'))
      );
      comment on table ingest.erased_word is 'Names, addresses and ids of the erased, as salted hashes: what is read later is compared with them.';
      comment on column ingest.erased_word.place is 'Where it is taken out. text: wherever it stands; value: where it is a whole value; beside: the same, in records that name the erased otherwise.';

      create table ingest.erasure_salt (salt uuid not null default gen_random_uuid());
      insert into ingest.erasure_salt default values;

      alter table ingest.connection add keep_texts_days int check (keep_texts_days between 1 and 36500);
      comment on column ingest.connection.keep_texts_days is 'Days that texts of messages and older versions of raw records are kept; null: always.';
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}

import type pg from 'pg';
import { translator, type Locale } from '#dashboards/i18n/messages.js';
import { contentTypes } from '../exports/formats.js';
import { enqueueMail } from '../mail/outbox.js';
import type { TakenDue } from '../schedules/ledger.js';
import { plainMessage, saidTime } from '../schedules/wrap.js';
import type { DueExport } from './due-export.js';

/** A file that is whole. */
export interface MadeFile {
  name: string;
  path: string;
  bytes: number;
}

export interface ExportMail {
  to: string[];
  locale: Locale;
  /** Null: too large, so a link goes instead. */
  attached: Buffer | null;
  publicUrl: string;
}

/** Puts the file, or the way to it, into the outbox for each who gets it. */
export async function mailExport(
  client: pg.PoolClient,
  { id, name, owner, format }: DueExport,
  due: TakenDue,
  made: MadeFile,
  { to, locale, attached, publicUrl }: ExportMail,
): Promise<void> {
  const say = translator(locale);
  const told = { name, file: made.name, due: saidTime(locale, due.zone, due.dueAt) };
  const address = `${publicUrl}/api/export-schedules/runs/${due.id}/file`;
  const lines = [
    attached === null ? say('export.mail.link', { ...told, address }) : say('export.mail.attached', told),
    say('export.mail.why', { owner, name }),
  ];
  for (const recipient of to) {
    const message = plainMessage({ name: '', address: recipient }, locale, say('export.mail', { name }), lines);
    const attachments = attached === null ? [] : [{ fileName: made.name, contentType: contentTypes[format], bytes: attached }];
    // One for each local date, whatever is tried again.
    await enqueueMail(client, `export:${id}:${due.localDue.slice(0, 10)}`, { ...message, attachments }, { kind: 'export-due', id: due.id });
  }
}

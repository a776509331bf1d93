import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailAddress, MailMessage } from './message.js';

/** A message as it travels: whom the mail server is told, and the bytes. */
export interface Letter {
  from: string;
  to: string;
  /** With its angle brackets. */
  messageId: string;
  bytes: Buffer;
}

/** What the outbox knows of a message beside its content. */
export interface Sending {
  from: MailAddress;
  messageId: string;
  /** The `Date` of the message. */
  sentAt: Date;
}

/**
 * Writes a message out as RFC 5322 wants it. Whom it goes to is told the mail server apart from its headers, and no address is ever
 * read from text. One click unsubscribes where the address of unsubscribing is HTTPS, as RFC 8058 asks.
 */
export async function composeLetter(message: MailMessage, { from, messageId, sentAt }: Sending): Promise<Letter> {
  const { to, subject, text, html, attachments, listUnsubscribe } = message;
  const composer = new MailComposer({
    from: { ...from },
    to: { ...to },
    subject,
    text,
    html,
    messageId,
    date: sentAt,
    attachments: attachments.map(({ fileName, contentType, bytes }) => ({
      filename: fileName,
      contentType,
      content: Buffer.from(bytes),
      contentDisposition: 'attachment',
    })),
    headers: { 'Auto-Submitted': 'auto-generated', ...(listUnsubscribe !== undefined && unsubscribing(listUnsubscribe)) },
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  });
  return { from: from.address, to: to.address, messageId, bytes: await composer.compile().build() };
}

function unsubscribing(address: string): Record<string, string> {
  const { href, protocol } = new URL(address);
  return {
    'List-Unsubscribe': `<${href}>`,
    ...(protocol === 'https:' && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
  };
}

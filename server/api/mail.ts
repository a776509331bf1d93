/** How far a message got. `unknown`: handed over, but the mail server never said that it has it. */
export type MailState = 'queued' | 'sending' | 'sent' | 'unknown' | 'failed';

/** Where a message failed last: at a step of its delivery, or for another reason. */
export type MailReason =
  'name' | 'connect' | 'tls' | 'login' | 'sender' | 'recipient' | 'message' | 'answer' | 'address' | 'abandoned' | 'given-up';

/** A message of the outbox. Times are ISO. */
export interface MailLine {
  id: string;
  recipient: string;
  recipientName: string;
  subject: string;
  state: MailState;
  reason: MailReason | null;
  /** In the mail server's words. */
  answer: string | null;
  attempts: number;
  queuedAt: string;
  /** Null: it is not tried again by itself. */
  nextAt: string | null;
  sentAt: string | null;
  /** `file`: it was put into the folder, because there is no mail server. */
  sentBy: 'smtp' | 'file' | null;
}

/** `GET /api/mail`: where messages go, and the newest of them. */
export interface MailboxResponse {
  /** Host and port; null: messages are put into `folder`. */
  server: string | null;
  folder: string | null;
  from: string;
  /** The only domains that are written to; empty: all. */
  domains: string[];
  counts: Record<MailState, number>;
  messages: MailLine[];
}

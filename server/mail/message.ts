/** Whom a message goes to or comes from. `address` is an addr-spec that `parseAddress` let through; `name` may be empty. */
export interface MailAddress {
  name: string;
  address: string;
}

export interface MailAttachment {
  fileName: string;
  /** Such as `application/pdf`. */
  contentType: string;
  bytes: Uint8Array;
}

/** A message to one person. Who writes to several writes several messages. */
export interface MailMessage {
  to: MailAddress;
  subject: string;
  text: string;
  html: string;
  attachments: MailAttachment[];
  /** Address of a page on which its reader can end such messages. */
  listUnsubscribe?: string;
}

/** What a message is about, so that whoever had it sent can find it: a kind of row of the `app` schema and its id. */
export interface MailAbout {
  kind: string;
  id: string;
}

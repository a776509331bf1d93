import { randomUUID } from 'node:crypto';
import { allowedAddress, parseAddress } from './address.js';
import { type Delivery, DeliveryError, type DeliveryStep, deliverySteps } from './delivery.js';
import { composeLetter } from './letter.js';
import type { MailSettings } from './settings.js';

/** One step of a delivery. `remedy`: what to do; null where it went well. */
export interface StepChecked {
  step: string;
  isDone: boolean;
  /** In the mail server's words; null where it went well. */
  words: string | null;
  remedy: string | null;
}

/** Sends a test message at once and says how far it got; what comes after a failed step was not tried and is left out. */
export async function checkMail(settings: MailSettings, delivery: Delivery, to: string, now: Date): Promise<StepChecked[]> {
  const address = allowedAddress(parseAddress(to), settings.domains);
  const letter = await composeLetter(
    {
      to: address,
      subject: 'Throughline can send mail',
      text: 'This message was sent by "throughline mail test".\n',
      html: '<p>This message was sent by “throughline mail test”.</p>',
      attachments: [],
    },
    { from: settings.from, messageId: `<${randomUUID()}@${settings.from.address.split('@')[1]}>`, sentAt: now },
  );
  try {
    await delivery.deliver(letter, async () => undefined);
    return done(stepsOf(settings, delivery));
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    const steps = stepsOf(settings, delivery);
    return [
      ...done(steps.slice(0, Math.max(0, steps.indexOf(error.step)))),
      { step: labels[error.step], isDone: false, words: error.message, remedy: remedy(error.step, settings) },
    ];
  }
}

function stepsOf({ smtp }: MailSettings, { by }: Delivery): DeliveryStep[] {
  if (by === 'file' || !smtp) return ['message'];
  return deliverySteps.filter((step) => (step !== 'tls' || smtp.tls !== 'none') && (step !== 'login' || smtp.login !== null));
}

function done(steps: DeliveryStep[]): StepChecked[] {
  return steps.map((step) => ({ step: labels[step], isDone: true, words: null, remedy: null }));
}

const labels: Record<DeliveryStep, string> = {
  name: 'name found',
  connect: 'connected',
  tls: 'encrypted',
  login: 'logged in',
  sender: 'sender accepted',
  recipient: 'recipient accepted',
  message: 'message taken',
  answer: 'sent',
};

function remedy(step: DeliveryStep, { smtp, from }: MailSettings): string {
  const server = smtp ? `${smtp.host}:${smtp.port}` : 'the folder';
  switch (step) {
    case 'name':
      return `Nobody knows the name ${smtp?.host}; correct it in THROUGHLINE_SMTP_URL.`;
    case 'connect':
      return `Nobody answers as a mail server at ${server}; correct host and port in THROUGHLINE_SMTP_URL, or let this machine through the firewall.`;
    case 'tls':
      return (
        `${server} cannot be spoken to in secret. Write smtps:// where its port begins with TLS (465) and smtp:// where it does not (587); ` +
        'for a certificate of your own authority set NODE_EXTRA_CA_CERTS to its file.'
      );
    case 'login':
      return 'User or password is wrong, or this way of logging in is switched off there; some providers want a password made for applications.';
    case 'sender':
      return `The server does not let this account write as ${from.address}; change THROUGHLINE_MAIL_FROM.`;
    case 'recipient':
      return 'The server does not take mail for this address; look at its words above.';
    case 'message':
      return smtp ? 'The server refused the message itself; look at its words above.' : 'Make room, or let this program write there.';
    case 'answer':
      return 'The server took the message and did not say that it has it; look whether it arrived before sending another.';
  }
}

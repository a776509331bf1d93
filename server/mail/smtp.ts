import { Readable } from 'node:stream';
import SMTPConnection, { type SMTPError } from 'nodemailer/lib/smtp-connection';
import { reasonOf } from '#etl/error-code.js';
import { onOneLine } from './address.js';
import { type Delivery, DeliveryError, type DeliveryStep } from './delivery.js';
import type { Letter } from './letter.js';
import type { SmtpServer } from './settings.js';

/** A server that does not answer is given up; the whole of a delivery must end well before its lease does. */
export interface SmtpPatience {
  connectMs: number;
  answerMs: number;
  deliveryMs: number;
}

export const usualPatience: SmtpPatience = { connectMs: 10_000, answerMs: 60_000, deliveryMs: 120_000 };

type Phase = 'connecting' | 'login' | 'envelope' | 'handing over';

/** Gives letters to a mail server, each over a connection of its own. */
export function smtpDelivery(server: SmtpServer, patience = usualPatience): Delivery {
  return { by: 'smtp', deliver: (letter, onHandover) => deliver(server, patience, letter, onHandover) };
}

async function deliver(server: SmtpServer, patience: SmtpPatience, letter: Letter, onHandover: () => Promise<void>): Promise<void> {
  const connection = new SMTPConnection({
    host: server.host,
    port: server.port,
    secure: server.tls === 'implicit',
    requireTLS: server.tls === 'starttls',
    ignoreTLS: server.tls === 'none',
    connectionTimeout: patience.connectMs,
    dnsTimeout: patience.connectMs,
    greetingTimeout: patience.answerMs,
    socketTimeout: patience.answerMs,
    allowInternalNetworkInterfaces: true,
  });
  let phase: Phase = 'connecting';
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  connection.on('error', broken.reject);
  const clock = setTimeout(
    () => broken.reject(new Error(`${server.host} took longer than ${patience.deliveryMs / 1000} s`)),
    patience.deliveryMs,
  );
  const whole = Readable.from(
    (async function* () {
      await onHandover();
      phase = 'handing over';
      yield letter.bytes;
    })(),
  );
  const step = (work: (done: (error?: Error | null) => void) => void): Promise<void> =>
    Promise.race([new Promise<void>((resolve, reject) => work((error) => (error ? reject(error) : resolve()))), broken.promise]);
  try {
    await step((done) => connection.connect(done));
    if (server.login) {
      phase = 'login';
      const { user, password } = server.login;
      await step((done) => connection.login({ user, pass: password, credentials: { user, pass: password } }, done));
    }
    phase = 'envelope';
    await step((done) => connection.send({ from: letter.from, to: [letter.to], size: letter.bytes.length }, whole, done));
    connection.quit();
  } catch (error) {
    connection.close();
    throw failure(phase, error);
  } finally {
    clearTimeout(clock);
  }
}

/** Once a letter is being handed over, only an answer of the server tells what became of it. */
function failure(phase: Phase, error: unknown): DeliveryError {
  const told: Partial<SMTPError> = error instanceof Error ? error : {};
  const words = onOneLine(reasonOf(error)).slice(0, 500);
  const step = stepOf(phase, told);
  return new DeliveryError(step, outcomeOf(phase, step, told), words, { cause: error });
}

function outcomeOf(phase: Phase, step: DeliveryStep, { code, responseCode }: Partial<SMTPError>): DeliveryError['outcome'] {
  if (phase === 'connecting' || phase === 'login') return 'outage';
  // 503 is about the order of commands, not about this letter.
  if (responseCode !== undefined) return responseCode >= 500 && responseCode !== 503 ? 'never' : 'later';
  if (step === 'answer') return 'ambiguous';
  // Larger than the server says it takes.
  return code === 'EMESSAGE' ? 'never' : 'later';
}

function stepOf(phase: Phase, { code, command, responseCode, originalCode }: Partial<SMTPError> & { originalCode?: string }): DeliveryStep {
  if (phase === 'connecting') {
    if (code === 'EDNS') return 'name';
    return code === 'ETLS' || /CERT|SIGNED|SSL|TLS/.test(originalCode ?? '') ? 'tls' : 'connect';
  }
  if (phase === 'login') return 'login';
  if (phase === 'handing over') return responseCode === undefined ? 'answer' : 'message';
  if (command === 'MAIL FROM') return 'sender';
  return command === 'RCPT TO' ? 'recipient' : 'message';
}

import { once } from 'node:events';
import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { smtpDelivery, type SmtpPatience } from '#server/mail/smtp.js';
import type { SmtpServer } from '#server/mail/settings.js';
import { freePort } from '../../support/built-server.js';

/** A message the server said 250 to, or heard whole before it broke off. */
export interface Caught {
  from: string;
  to: string[];
  raw: string;
  messageId: string;
  isAnswered: boolean;
}

/** What the server does at each step; a thrown `answer(code, text)` is said. */
export interface Behaviour {
  onConnect?: () => void;
  onRecipient?: (address: string) => void;
  /** `drop`: the connection ends without an answer to the whole message. */
  onMessage?: (messageId: string) => 'drop' | undefined;
}

/** A real SMTP server of a test. What it does may be changed while it runs. */
export class SmtpCatcher {
  readonly caught: Caught[] = [];
  connections = 0;
  behaviour: Behaviour = {};
  private server: SMTPServer | null = null;
  private port = 0;
  private readonly sockets = new Map<number, Socket>();

  constructor(private readonly options: SMTPServerOptions = {}) {}

  /** On the port it had before, where it ran before. */
  async start(): Promise<void> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      authOptional: true,
      disableReverseLookup: true,
      ...this.options,
      onConnect: (_session, done) => {
        this.connections++;
        done(thrownBy(() => this.behaviour.onConnect?.()));
      },
      onRcptTo: ({ address }, _session, done) => done(thrownBy(() => this.behaviour.onRecipient?.(address))),
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => this.hear(Buffer.concat(parts).toString('utf8'), session, done));
      },
    });
    server.server.on('connection', (socket: Socket) => this.sockets.set(socket.remotePort ?? 0, socket));
    this.port ||= await freePort();
    server.listen(this.port, '127.0.0.1');
    await once(server.server, 'listening');
    server.on('error', () => undefined);
    this.server = server;
  }

  async stop(): Promise<void> {
    const server = this.server;
    this.server = null;
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }

  at(how: Partial<SmtpServer> = {}): SmtpServer {
    return { host: '127.0.0.1', port: this.port, tls: 'none', login: null, ...how };
  }

  delivery(how: Partial<SmtpServer> = {}, patience: Partial<SmtpPatience> = {}): ReturnType<typeof smtpDelivery> {
    return smtpDelivery(this.at(how), { connectMs: 60_000, answerMs: 60_000, deliveryMs: 60_000, ...patience });
  }

  private hear(raw: string, session: SMTPServerSession, done: (error?: Error | null) => void): void {
    const messageId = /^Message-ID:\s*(<[^>]*>)/im.exec(raw)?.[1] ?? '';
    const heard = {
      from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
      to: session.envelope.rcptTo.map(({ address }) => address),
      raw,
      messageId,
    };
    let isDropped = false;
    const refusal = thrownBy(() => {
      isDropped = this.behaviour.onMessage?.(messageId) === 'drop';
    });
    if (refusal) return done(refusal);
    this.caught.push({ ...heard, isAnswered: !isDropped });
    if (!isDropped) return done();
    this.sockets.get(session.remotePort)?.destroy();
  }
}

/** An SMTP answer to throw. */
export function answer(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

function thrownBy(work: () => void): Error | null {
  try {
    work();
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

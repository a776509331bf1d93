import type { Connection, Submittable } from 'pg';
import type { ReceivedRows } from './received-rows.js';

/**
 * A COPY to stdout for `query` of a client. While it lasts, what the server sends goes to the rows as it is: the driver would make
 * several objects of each.
 */
export class CopyOut implements Submittable {
  private readonly ended = Promise.withResolvers<void>();

  constructor(
    private readonly statement: string,
    private readonly rows: ReceivedRows,
  ) {}

  /** Settled when the connection is free again, or lost. */
  get received(): Promise<void> {
    return this.ended.promise;
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    const [driver, other] = stream.listeners('data') as ((chunk: Buffer) => void)[];
    if (driver === undefined || other !== undefined) throw new Error('The connection is read by something else than its driver.');
    const take = (chunk: Buffer): void => {
      const rest = this.rows.take(chunk);
      if (rest === null) return;
      stream.off('data', take).on('data', driver);
      driver(rest);
    };
    stream.off('data', driver).on('data', take);
    connection.query(this.statement);
  }

  handleError(error: Error): void {
    this.ended.reject(error);
  }

  handleCommandComplete(): void {
    // How many rows there were is told by the rows.
  }

  handleReadyForQuery(): void {
    this.ended.resolve();
  }
}

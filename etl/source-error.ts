/** Thrown by `map`: the record is quarantined with this code and reason. */
export class RejectedRecord extends Error {
  constructor(
    readonly code: string,
    reason: string,
  ) {
    super(reason);
    this.name = 'RejectedRecord';
  }
}

/** Thrown where a source as a whole cannot be used: the message names the value and the remedy. */
export class SourceError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SourceError';
  }
}

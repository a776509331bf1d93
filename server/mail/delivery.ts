import type { Letter } from './letter.js';

/** Where messages go: to a mail server, or into a folder. */
export interface Delivery {
  readonly by: 'smtp' | 'file';
  /**
   * Resolves once the letter is accepted. Calls `onHandover` right before its first byte is handed over; where that throws, the
   * letter is not delivered. Throws a `DeliveryError`.
   */
  deliver(letter: Letter, onHandover: () => Promise<void>): Promise<void>;
}

/** What a mail server is asked, in order; `answer` is its word that it has the message. */
export const deliverySteps = ['name', 'connect', 'tls', 'login', 'sender', 'recipient', 'message', 'answer'] as const;
export type DeliveryStep = (typeof deliverySteps)[number];

/** Why a letter was not accepted, or may not have been. */
export class DeliveryError extends Error {
  override name = 'DeliveryError';

  /**
   * `outcome`: `outage`, nothing can be sent now; `later`, this letter may be tried again; `never`, it was refused for good;
   * `ambiguous`, it was handed over and nobody said whether it is accepted.
   */
  constructor(
    readonly step: DeliveryStep,
    readonly outcome: 'outage' | 'later' | 'never' | 'ambiguous',
    /** In the mail server's words. */
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

import { asError } from './failure';

/**
 * A question whose answer is shown: asks again when what it reads changes, drops answers that come too late, and keeps the last
 * good answer on the page while the next one is on its way.
 */
export class Asked<T> {
  answer = $state.raw<T | null>(null);
  error = $state.raw<Error | null>(null);
  isWaiting = $state(true);
  #turn = $state(0);

  /** `ask` runs in an effect; read there whatever the answer depends on. Null: nothing to ask yet. */
  constructor(ask: (signal: AbortSignal) => Promise<T> | null) {
    $effect(() => {
      void this.#turn;
      const controller = new AbortController();
      const answer = ask(controller.signal);
      if (answer) this.#follow(answer, controller.signal);
      return () => controller.abort();
    });
  }

  again(): void {
    this.#turn += 1;
  }

  #follow(promise: Promise<T>, signal: AbortSignal): void {
    this.isWaiting = true;
    promise.then(
      (answer) => {
        if (signal.aborted) return;
        this.answer = answer;
        this.error = null;
        this.isWaiting = false;
      },
      (error: unknown) => {
        if (signal.aborted) return;
        this.error = asError(error);
        this.isWaiting = false;
      },
    );
  }
}

import type { StateResponse } from '#server/api.js';
import type { Reader } from './address';
import { api } from './api';
import { asError } from './failure';
import { language } from './i18n/messages.svelte';

/** What the server told last about itself; asked again while it works new data in, and now and then to keep the page fresh. */
class Server {
  #told = $state.raw<StateResponse | null>(null);
  /** With how this reader reads it. */
  state: (StateResponse & Reader) | null = $derived(this.#told && { ...this.#told, calendar: language.calendar, digits: language.digits });
  error = $state.raw<Error | null>(null);
  now = $state.raw(new Date());

  async ask(): Promise<void> {
    try {
      const state = await api.state();
      if (JSON.stringify(state) !== JSON.stringify(this.#told)) this.#told = state;
      this.error = null;
    } catch (error) {
      this.error = asError(error);
    }
    this.now = new Date();
  }

  /** Returns what stops it. */
  keepAsking(): () => void {
    let timer: ReturnType<typeof setTimeout>;
    const next = async () => {
      await this.ask();
      timer = setTimeout(next, this.state?.isDeriving ? 3_000 : 60_000);
    };
    void next();
    return () => clearTimeout(timer);
  }
}

export const server = new Server();

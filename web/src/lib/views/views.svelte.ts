import type { SavedView } from '#server/api.js';
import { api } from '../api';
import { asError } from '../failure';

/** The views kept on the server, asked for once and again after each change. */
class SavedViews {
  all = $state.raw<SavedView[] | null>(null);
  error = $state.raw<Error | null>(null);
  /** The address somebody has just come to by a link or by typing it; null after any other step. */
  arrival = $state.raw<{ path: string; search: string } | null>(null);

  async load(): Promise<SavedView[]> {
    try {
      this.all = await api.views();
      this.error = null;
    } catch (error) {
      this.error = asError(error);
    }
    return this.all ?? [];
  }

  /** Does it and shows what is there then; what was refused is kept as `error`. True where it was done. */
  async change(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
    } catch (error) {
      this.error = asError(error);
      return false;
    }
    await this.load();
    return this.error === null;
  }

  of(path: string): SavedView[] {
    return (this.all ?? []).filter((view) => view.path === path);
  }
}

export const views = new SavedViews();

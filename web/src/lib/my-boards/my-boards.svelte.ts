import type { PersonalBoard } from '#server/api.js';
import { isOwn } from '../access/owner';
import { api } from '../api';
import { asError, wordsOf } from '../failure';
import { t } from '../i18n/messages.svelte';

/** Boards that people arranged, asked for once and again after each change. */
class MyBoards {
  all = $state.raw<PersonalBoard[] | null>(null);
  error = $state.raw<Error | null>(null);
  /** The one removed last, which can be brought back. */
  removed = $state.raw<PersonalBoard | null>(null);

  async load(): Promise<void> {
    try {
      this.all = await api.personalBoards();
      this.error = null;
    } catch (error) {
      this.error = asError(error);
    }
  }

  /** Does it and shows what is there then. What was refused is kept as `error`; null is then given back. */
  async change<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      const done = await work();
      await this.load();
      return done;
    } catch (error) {
      this.error = asError(error);
      return null;
    }
  }

  /** Said where a change was just refused. */
  get refusal(): string {
    return t('my.failed', { reason: wordsOf(this.error) });
  }

  async remove(board: PersonalBoard): Promise<boolean> {
    const done = await this.change(() => api.removePersonalBoard(board.id, board.owner).then(() => true));
    if (done) this.removed = board;
    return done === true;
  }

  async restore(): Promise<PersonalBoard | null> {
    const board = this.removed;
    if (!board) return null;
    const back = await this.change(() => api.restorePersonalBoard(board.id, board.owner));
    if (back) this.removed = null;
    return back;
  }

  /** One's own, by title. */
  get mine(): PersonalBoard[] {
    return (this.all ?? []).filter(isOwn);
  }
}

export const myBoards = new MyBoards();

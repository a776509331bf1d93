import { isAborted } from '#etl/error-code.js';

/**
 * Remembers answers, and lets everyone who asks the same at the same time wait for one computation. The oldest unused answer goes
 * first. A failed computation is forgotten, so the next one who asks tries again.
 */
export class AnswerCache {
  private readonly answers = new Map<string, Promise<unknown>>();

  constructor(private readonly size: number) {}

  /** `question` must say everything the answer depends on, the version of the facts included. */
  async get<T>(question: unknown, compute: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(question);
    const known = this.answers.get(key) as Promise<T> | undefined;
    const answer = known ?? compute();
    this.answers.delete(key);
    this.answers.set(key, answer);
    if (!known) answer.catch(() => this.answers.delete(key));
    for (const oldest of this.answers.keys()) {
      if (this.answers.size <= this.size) break;
      this.answers.delete(oldest);
    }
    if (!known) return answer;
    try {
      return await answer;
    } catch (error) {
      if (!isAborted(error)) throw error;
      // Who asked first has left, and what it asked was broken off.
      return this.get(question, compute);
    }
  }
}

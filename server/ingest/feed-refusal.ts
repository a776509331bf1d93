/** Something sent to us that is not taken: the status of the answer, and what would do. */
export class FeedRefusal extends Error {
  override name = 'FeedRefusal';

  constructor(
    readonly statusCode: 400 | 401 | 404 | 408 | 409 | 413 | 415 | 422 | 429,
    message: string,
    /** When to try again. */
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

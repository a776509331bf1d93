/** In a sentence what a route does, and the media types it may answer with where that is not JSON. */
export type Told = string | { summary: string; answers: readonly string[] };

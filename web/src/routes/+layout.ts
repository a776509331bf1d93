/** A single-page app: the server only serves files and the API. */
export const ssr = false;
export const prerender = false;

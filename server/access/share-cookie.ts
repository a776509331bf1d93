/** Name of the cookie that holds the key of a share link. */
export const shareCookie = 'throughline-share';

const here = 'http://throughline.invalid';

/** Where to go on to after a sign-in: a path of this page, whatever was asked for; the first page where it is none. */
export function nextPath(asked: string | undefined): string {
  if (asked === undefined || !/^\/([a-z][^\\]*)?$/.test(asked) || /\p{Cc}/u.test(asked) || !URL.canParse(asked, here)) return '/';
  const { origin, pathname, search, hash } = new URL(asked, here);
  return origin === here && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : '/';
}

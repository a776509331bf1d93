const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The text of a message that was written as a web page, without the marks. */
export function textOfHtml(html: string): string {
  const shown = upToLast(/<\/style>/gi, upToLast(/<\/script>/gi, html, scripts), styles);
  return withoutTags(shown.replace(/<br\s*\/?>|<\/(p|div|li|tr|h\d)>/gi, '\n'))
    .replace(/&(?:#(\d{1,6})|(\w+));/g, (whole, code: string | undefined, name: string | undefined) =>
      code === undefined ? (entities[name ?? ''] ?? whole) : characterOf(Number(code)),
    )
    .replace(/\n{3,}/g, '\n\n');
}

export function withoutTags(text: string): string {
  return upToLast(/>/g, text, (part) => part.replace(/<[^>]*>/g, ''));
}

const scripts = (part: string): string => part.replace(/<script\b[\s\S]*?<\/script>/gi, '');
const styles = (part: string): string => part.replace(/<style\b[\s\S]*?<\/style>/gi, '');

/** Changes a text up to the last of these ends alone: of a million beginnings that a customer writes, each would look for its end in vain. */
function upToLast(end: RegExp, text: string, change: (part: string) => string): string {
  let to = 0;
  for (const { index, 0: found } of text.matchAll(end)) to = index + found.length;
  return change(text.slice(0, to)) + text.slice(to);
}

/** What is no character, or none that a text can hold, is told as such (HTML, 13.2.5.80). */
function characterOf(code: number): string {
  return code === 0 || (code >= 0xd800 && code <= 0xdfff) ? '\ufffd' : String.fromCodePoint(code);
}

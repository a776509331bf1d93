/** Parts that end a line of their own. */
const blocks = new Set(['paragraph', 'heading', 'codeBlock', 'listItem', 'blockquote', 'rule', 'tableRow', 'panel', 'mediaSingle']);

/** The plain text of a description or a comment: a text as it is, or a document of the Cloud. https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
export function plainText(body: unknown): string {
  if (typeof body === 'string') return body.trim();
  return textOf(body)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
}

function textOf(node: unknown): string {
  if (typeof node !== 'object' || node === null) return '';
  const { type, text, content, attrs } = node as { type?: unknown; text?: unknown; content?: unknown; attrs?: unknown };
  if (typeof text === 'string') return text;
  if (type === 'hardBreak') return '\n';
  const inner = Array.isArray(content) ? content.map(textOf).join(type === 'tableRow' ? ' ' : '') : '';
  const said = inner === '' ? attribute(attrs) : inner;
  return typeof type === 'string' && blocks.has(type) ? `${said}\n` : said;
}

/** What a part without text shows: a mention its name, an emoji itself, a card its address. */
function attribute(attrs: unknown): string {
  if (typeof attrs !== 'object' || attrs === null) return '';
  const { text, shortName, url } = attrs as Record<string, unknown>;
  return [text, shortName, url].find((one) => typeof one === 'string') ?? '';
}

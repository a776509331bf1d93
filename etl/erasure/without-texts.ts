import type { Json } from '../connector.js';
import { withoutTags } from '../connectors/html-text.js';

/** Shorter ones stand in every record, as a status or a subject does. */
const leastCharacters = 3;

/**
 * A payload without these texts of messages: each value that says one of them, as plain text or as HTML, and each value of some length
 * that one of them contains, becomes empty.
 */
export function withoutTexts(payload: Json, texts: readonly string[]): Json {
  const gone = texts.map(plain).filter((text) => text.length >= leastCharacters);
  return gone.length === 0 ? payload : walk(payload, gone);
}

function walk(value: Json, gone: readonly string[]): Json {
  if (typeof value === 'string') return says(plain(value), gone) ? '' : value;
  if (Array.isArray(value)) return value.map((one) => walk(one, gone));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, gone)]));
}

function says(value: string, gone: readonly string[]): boolean {
  if (value.length < leastCharacters) return false;
  return gone.some((text) => value === text || (text.length >= 20 && value.includes(text)) || (value.length >= 20 && text.includes(value)));
}

/** Letters and digits alone: markup, entities and white space differ between forms of one message. */
function plain(text: string): string {
  return withoutTags(text)
    .replaceAll(/&#?\w+;/g, '')
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

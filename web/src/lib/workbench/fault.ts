/** The word or sign at a position, in units of the editor: Postgres counts characters, and some are two units long. */
export function faultRange(text: string, position: number | null): { from: number; to: number } | null {
  if (position === null || position < 1) return null;
  const before = [...text].slice(0, position - 1).join('').length;
  const from = Math.min(before, Math.max(0, text.length - 1));
  const [word = ''] = /^[\p{L}\p{N}_."$]+|^\S/u.exec(text.slice(from)) ?? [];
  return { from, to: Math.min(text.length, from + Math.max(1, word.length)) };
}

/** Line and character a person counts, both from 1. */
export function placeOf(text: string, position: number): { line: number; character: number } {
  const lines = [...text]
    .slice(0, position - 1)
    .join('')
    .split('\n');
  return { line: lines.length, character: [...(lines.at(-1) ?? '')].length + 1 };
}

import { addDays, windowOf, type Choice, type Reader } from '../address';

/** What a single key asks for. */
export type KeyAsked = 'palette' | 'help' | 'filter' | 'earlier' | 'later' | 'compare' | 'wall' | `go ${string}`;

const single: Record<string, KeyAsked> = { '?': 'help', '/': 'filter', '[': 'earlier', ']': 'later', x: 'compare', f: 'wall' };

/** Keys after `g`, and where they lead. Boards have the figures 1 to 9 in the order of the menu. */
export const places: Record<string, string> = { t: '/', w: '/watch', m: '/my', d: '/data' };

/**
 * Reads keys as they come. Nothing is taken from a field, from the browser or from a screen reader: keys with Alt, Ctrl or Meta are
 * theirs, but for Ctrl or ⌘ with K. `hasSingle`: the reader has not switched single keys off.
 */
export function keyReader(boards: () => readonly string[]): (event: KeyboardEvent, hasSingle: boolean) => KeyAsked | null {
  let isAfterG = false;
  return (event, hasSingle) => {
    const { key } = event;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === 'k') return 'palette';
    if (!hasSingle || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return null;
    const follows = isAfterG;
    isAfterG = !follows && key === 'g';
    if (follows) {
      const board = /^[1-9]$/.test(key) ? boards()[Number(key) - 1] : undefined;
      const path = board === undefined ? places[key] : `/boards/${board}`;
      return path === undefined ? null : `go ${path}`;
    }
    return single[key] ?? null;
  };
}

/** The equally long period just before or after the one shown. */
export function shifted(choice: Choice, reader: Reader, direction: -1 | 1): Choice {
  const { from, to } = windowOf(choice, reader);
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
  return { ...choice, period: 'custom', from: addDays(from, direction * days), to: addDays(to, direction * days) };
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, select, textarea, dialog, [role="combobox"], [role="listbox"]') !== null;
}

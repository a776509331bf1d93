/** An attachment: what has just appeared is where the reader goes on. */
export function focus(element: HTMLElement): void {
  element.focus();
}

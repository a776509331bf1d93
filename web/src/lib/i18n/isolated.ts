/** A name in letters that run from the left, and nothing that runs from the right: a sentence finds its own way. */
const fromTheLeft = /[\p{Script=Latin}\p{Script=Armenian}\p{Script=Cyrillic}\p{Script=Greek}]/u;
const fromTheRight = /[\u0590-\u08ff\u200f\u2066-\u2069]/u;

/**
 * A name for a sentence that runs from the right, held apart from it: a figure behind a Latin name would otherwise be drawn before it.
 * Addresses stay as they are, since they are copied.
 */
export function isolated(value: string): string {
  const isName = fromTheLeft.test(value) && !fromTheRight.test(value) && !value.includes('://');
  return isName ? `\u2068${value}\u2069` : value;
}

/** The text of a catalog with a place of its own for each name that is said; those that choose between forms stay. */
export function withPlaces(text: string): string {
  return text.replace(/\{([a-z]\w*)\}/giu, '{$1_said}');
}

export function withSaid(values: Record<string, string | number>): Record<string, string | number> {
  const said: Record<string, string | number> = { ...values };
  for (const [key, value] of Object.entries(values)) said[`${key}_said`] = typeof value === 'string' ? isolated(value) : value;
  return said;
}

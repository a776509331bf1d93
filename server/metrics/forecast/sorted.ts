/** How many of ascending numbers are at most a value. */
export function countUpTo(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? NaN) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How many of ascending numbers are less than a value. */
export function countBelow(sorted: Float64Array, value: number): number {
  return firstPlace(0, sorted.length, (place) => (sorted[place] ?? NaN) >= value);
}

/** First place for which the condition holds, which then holds to the end; `to` where it never does. */
export function firstPlace(from: number, to: number, condition: (index: number) => boolean): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (condition(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Apart by less, two clocks are said to agree. */
const toleranceSeconds = 30;

/** How the tool's clock stands to ours, for a person; none where the tool tells no time. */
export function clockFinding(tool: string, at: string | null, now: Date): string[] {
  if (at === null) return [];
  const seconds = Math.round((Date.parse(at) - now.getTime()) / 1000);
  if (Math.abs(seconds) <= toleranceSeconds) return [`The clock of ${tool} agrees with ours.`];
  return [`The clock of ${tool} is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} ours; its own times are used.`];
}

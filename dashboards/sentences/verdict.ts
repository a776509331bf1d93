import type { Sentence, Tongue } from './sentence.js';

/**
 * The answer first: how many numbers got worse and better beyond chance, each counted once, and for how many items the customer
 * should be called. Where there is nothing at all it says so, and gives no good news.
 */
export function verdict(
  sentences: readonly Sentence[],
  { untold, open, isFiltered }: { untold: number | null; open: number; isFiltered: boolean },
  { say }: Tongue,
): string[] {
  if (sentences.length === 0 && open === 0) return [say(isFiltered ? 'summary.filtered' : 'summary.empty')];
  const chartsOf = (tone: Sentence['tone']) =>
    new Set(sentences.filter((sentence) => sentence.tone === tone).map(({ chart }) => chart?.chart)).size;
  const [worse, better] = [chartsOf('worse'), chartsOf('better')];
  const moved =
    sentences.length === 0
      ? []
      : worse > 0 && better > 0
        ? [say('today.verdict.both', { worse, better })]
        : worse > 0
          ? [say('today.verdict.worse', { worse })]
          : better > 0
            ? [say('today.verdict.better', { better })]
            : [say('today.verdict.calm')];
  return [
    ...moved,
    ...(untold === null ? [] : [untold === 0 ? say('today.verdict.all-told') : say('today.verdict.untold', { n: untold })]),
  ];
}

import type { DimensionDrivers, DriverDimension, Evidence, SegmentDriver, SegmentValue } from '../../api.js';
import { studentQuantile } from '../statistics/distributions.js';
import { z95 } from '../statistics/interval.js';
import type { SplitPart } from '../statistics/symmetric-split.js';
import type { MarkValue } from './mark-values.js';
import type { SplitParts } from './split-change.js';
import type { OfWindows } from './two-windows.js';

/** More are no answer to "why"; the rest is told together. */
const mostSegments = 8;

/**
 * The parts of a change as they are shown: the segments that carry it, and how much a look at this dimension explains. `looks`: how many
 * dimensions are looked at, of which chance alone would make one stand out.
 */
export function dimensionDrivers(
  by: DriverDimension,
  { all, shares }: SplitParts,
  values: OfWindows<Map<string, MarkValue>>,
  change: number,
  { minimumN, looks }: { minimumN: number; looks: number },
): DimensionDrivers {
  const unitsOf = (segment: string) => Math.max(values.before.get(segment)?.n ?? 0, values.after.get(segment)?.n ?? 0);
  const large = all.filter(({ segment }) => unitsOf(segment) >= minimumN);
  const confidence = 1 - 0.05 / Math.max(1, large.length * looks);
  const judged = large.map((part) => ({
    part,
    evidence: evidenceOfPart(contributionOf(part), part.variance, unitsOf(part.segment), confidence),
  }));
  const allVariance = all.reduce((sum, { variance }) => sum + (variance ?? 0), 0);
  const beyondSize = large
    .map((part) => ({ part, excess: contributionOf(part) - part.weight * change, variance: varianceBeyondSize(part, allVariance) }))
    .filter(({ part, excess, variance }) => evidenceOfPart(excess, variance, unitsOf(part.segment), confidence) === 'signal')
    .map(({ excess }) => excess / change);
  const shown = judged
    .toSorted((one, other) => Math.abs(contributionOf(other.part)) - Math.abs(contributionOf(one.part)))
    .slice(0, mostSegments);
  const rest = all.filter((part) => !shown.some((one) => one.part === part));
  const valueOf = (window: keyof OfWindows<unknown>, segment: string): SegmentValue | null => {
    const share = shares[window].get(segment);
    const mark = values[window].get(segment);
    return share && mark ? { n: mark.n, weight: 100 * share.weight, value: mark.value, lo: mark.lo, hi: mark.hi, note: mark.note } : null;
  };
  const segments = shown.map(({ part, evidence }): SegmentDriver => {
    const contribution = contributionOf(part);
    const half = part.variance === null ? null : z95 * Math.sqrt(part.variance);
    return {
      segment: part.segment === '' ? null : part.segment.replace('\u001f', ' → '),
      contribution,
      lo: half === null ? null : contribution - half,
      hi: half === null ? null : contribution + half,
      share: (100 * contribution) / change,
      mix: part.mix,
      rate: part.rate,
      evidence,
      before: valueOf('before', part.segment),
      after: valueOf('after', part.segment),
    };
  });
  return {
    by,
    explained: 100 * beyondSize.filter((share) => share > 0).reduce((sum, share) => sum + share, 0),
    mix: total(all, 'mix'),
    rate: total(all, 'rate'),
    segments: segments.toSorted((one, other) => other.share - one.share),
    others:
      rest.length === 0
        ? null
        : {
            segments: rest.length,
            contribution: total(rest, 'mix') + total(rest, 'rate'),
            mix: total(rest, 'mix'),
            rate: total(rest, 'rate'),
          },
  };
}

function contributionOf({ mix, rate }: SplitPart): number {
  return mix + rate;
}

function total(parts: readonly SplitPart[], of: 'mix' | 'rate'): number {
  return parts.reduce((sum, part) => sum + part[of], 0);
}

function varianceBeyondSize({ variance, weight }: SplitPart, allVariance: number): number | null {
  return variance === null ? null : (1 - weight) ** 2 * variance + weight ** 2 * (allVariance - variance);
}

function evidenceOfPart(size: number, variance: number | null, units: number, confidence: number): Evidence {
  if (variance === null) return 'unclear';
  return Math.abs(size) > studentQuantile(Math.max(1, units - 1), confidence) * Math.sqrt(variance) ? 'signal' : 'noise';
}

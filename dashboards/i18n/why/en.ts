/** Sentences that say what a change is made of. */
export const why = {
  'why.change.signal': '{name}: {before} before, {after} now ({difference}). That is more than chance.',
  'why.change.noise': '{name}: {before} before, {after} now ({difference}). That is within the usual variation.',
  'why.change.unclear': '{name}: {before} before, {after} now ({difference}). Whether that is more than chance cannot be said.',
  'why.same': '{name} is {after} in both periods.',
  'why.withheld': 'In one of the two periods there are too few cases for a value, so there is no change to explain.',
  'why.cause.segments': 'Look at {dimension}: {segments} {count, plural, one {carries} other {carry}} it.',
  'why.cause.segment': '{segment} ({share} of the change)',
  'why.cause.chance': 'Nobody stands out: whichever way it is split, no group moved more than chance would have it.',
  'why.cause.chance-here': 'By {dimension} no group moved more than chance would have it.',
  'why.cause.whole': 'It cannot be split: there are no two groups to compare.',
  'why.split.mix': 'groups became larger or smaller: {mix}',
  'why.split.rate': 'groups themselves changed: {rate}',
  'why.others': '{count, plural, one {one smaller group} other {# smaller groups}}',
  'why.not-there': 'not there',
  'why.dimension.pair': 'Pair of teams',
};

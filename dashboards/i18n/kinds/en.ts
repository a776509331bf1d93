/** Words of single chart kinds: their axes, legends and sentences. */
export const kinds = {
  'axis.size': 'number counted',
  'axis.forecast': 'forecast on average',
  'axis.observed': 'came true',
  'axis.age': 'time since it was said',
  'age.later': 'later',
  'head.class': 'Forecast',

  'legend.inside': 'within the limits',
  'legend.middle-half': 'the middle half',
  'legend.meant': 'means what it says',
  'legend.misses': 'says too much or too little',
  'legend.left-standing': 'still running, seen no longer',
  'legend.wait': 'Half wait',

  'wait.any': 'any time',
  'wait.below': 'under {to}',
  'wait.between': '{from} to {to}',
  'wait.from': '{from} and more',
  'wait.unknown': 'too few to say',

  'text.reliability': 'forecast {forecast}, came true {observed}',
  'text.association': '{bucket}: {level} on time at a load of {load}',
  'text.funnel': 'by chance alone between {lower} and {upper}, 95 times in 100',
  'text.survival': 'after {age}, {value} still stand',

  'summary.funnel.none': 'All {count, number} lie within what chance alone explains; the whole is at {whole}.',
  'summary.funnel.some':
    '{outside, plural, one {One of {count, number} lies} other {# of {count, number} lie}} beyond what chance alone explains: {names}. The whole is at {whole}.',
  'summary.stack': '{name} in the {latest} ({bucket}): the largest parts are “{first}” ({firstValue}) and “{second}” ({secondValue}).',
  'summary.reliability.none': 'In all {count, number} classes the forecasts mean what they say.',
  'summary.reliability.some':
    '{outside, plural, one {One of {count, number} classes says} other {# of {count, number} classes say}} too much or too little, most of all where {forecast} was forecast and {observed} came true.',
  'summary.survival': 'After {age}, {value} still stand; after {lastAge}, {lastValue}.',
  'summary.survival.one': 'After {age}, {value} still stand.',
  'summary.association': '{slope} on time with each open item more per owner ({lo} … {hi}). An association, not a cause.',
  'summary.association.none': 'No slope can be told: fewer than eight complete weeks.',
  'summary.ranking.amount': 'Highest: {slowSegment}, {slow} ({slowCount}); lowest: {quickSegment}, {quick} ({quickCount}).',
};

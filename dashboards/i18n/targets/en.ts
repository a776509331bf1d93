/** What is said of targets. */
export const targets = {
  'target.met': 'Target {target}: met',
  'target.missed': 'Target {target}: missed by {gap}',
  'target.unclear':
    'Target {target}: cannot be told yet; {side, select, short {{gap} short of it} beyond {{gap} better than it} other {exactly there}}, and the interval spans it',
  'target.unclear.plain':
    'Target {target}: {side, select, short {{gap} short of it} beyond {{gap} better than it} other {exactly there}}; without an interval nobody can tell whether by chance',
  'target.label': 'target {value}',
  'target.label.of': 'target {value} · {name}',
  'target.drawn': 'The dotted line is the target: {steps}.',
  'target.drawn.of': 'The dotted line is the target of {name}: {steps}.',
  'target.drawn.each': 'Dotted lines show the targets. {targets}.',
  'target.of': '{name}: {steps}',
  'target.others': 'all others',
  'target.step': '{value} from {date}',
  'target.mark': 'target {value}',
  'target.column': 'Target',
  'target.no-direction': '{name} has no better and no worse, so there is nothing to aim at.',
  'target.no-single': '{name} is many numbers at once, and none of them leads; aim at one that is a single number.',
  'target.refused.unreadable': '“{text}” is not a value here; write it as {example}.',
  'target.refused.unit': '“{text}” is without a unit of time; write it as {example}.',
  'target.refused.ambiguous': '“{text}” can be read in two ways; write it without a separator of thousands.',
  'target.refused.range': '“{text}” cannot be reached: the value lies between {low} and {high}.',
};

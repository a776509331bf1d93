/** Sentences of the first page and of the summary: what changed, by rule. */
export const today = {
  'today.week.outside': '{name}: {value} that week ({count}), outside its usual range of {lower} to {upper}: a signal.',
  'today.week.run':
    '{name}: {value} that week ({count}); for eight weeks or more it has been {side, select, above {above} other {below}} its usual {mean}: a signal.',
  'today.week.jump': '{name}: {value} that week ({count}), {before} the week before, more than it usually moves: a signal.',
  'today.week.usual': '{name}: {value} that week ({count}), within its usual range of {lower} to {upper}: noise.',
  'today.week.others': '{n, plural, one {One other number} other {# other numbers}} of that week stayed within the usual range: noise.',
  'today.week.all': '{n, plural, one {The one number} other {All # numbers}} of that week stayed within the usual range: noise.',

  'today.period.worse': '{name} got worse: {now} ({count}), {before} in the period before ({beforeCount}): a signal.',
  'today.period.better': '{name} got better: {now} ({count}), {before} in the period before ({beforeCount}): a signal.',
  'today.period.different': '{name} changed: {now} ({count}), {before} in the period before ({beforeCount}): a signal.',
  'today.period.others': '{n, plural, one {One other number} other {# other numbers}} moved no more than chance would: noise.',
  'today.period.all': '{n, plural, one {The one number} other {All # numbers}} moved no more than chance would: noise.',
  'today.carried': '{segment} carries {share} of it.',
  'today.carried-beyond': '{segment} carries all of it and more; elsewhere it moved the other way.',
  'today.carried-by-two': '{segment} carries {share} of it, {other} {otherShare}.',

  'today.past.history':
    '{name}: the time before is told differently now, so {n, plural, one {one past week says} other {# past weeks say}} something else than before; the latest, from {week}, says {after}, not {before}.',
  'today.past.later':
    '{name}: with what happened since, {n, plural, one {one past week says} other {# past weeks say}} something else than before; the latest, from {week}, says {after}, not {before}.',

  'today.verdict.both':
    '{worse, plural, one {One number} other {# numbers}} got worse and {better, plural, one {one} other {#}} better, beyond chance.',
  'today.verdict.worse': '{worse, plural, one {One number} other {# numbers}} got worse beyond chance.',
  'today.verdict.better': '{better, plural, one {One number} other {# numbers}} got better beyond chance, and none worse.',
  'today.verdict.calm': 'No number moved beyond chance.',
  'today.verdict.untold': '{n, plural, one {One item is} other {# items are}} late or silent without a word to the customer.',
  'today.verdict.all-told': 'Every customer whose item is late or silent has been told.',
};

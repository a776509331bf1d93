/** Texts of the palette and of the keys. */
export const palette = {
  'palette.title': 'Go to, find or do',
  'palette.placeholder': 'A page, a chart, a customer, an item number…',
  'palette.pages': 'Page',
  'palette.items': 'Item',
  'palette.charts': 'Chart',
  'palette.filters': 'Show only',
  'palette.found': '{n, plural, one {# line} other {# lines}}; arrows choose, Enter takes',
  'palette.nothing': 'Nothing of that name. Items are found by their whole key or number.',
  'keys.title': 'Keys',
  'keys.go': 'Go to {name}',
  'keys.filter': 'To the filters',
  'keys.earlier': 'The period before',
  'keys.later': 'The period after',
  'keys.compare': 'Comparison off and on',
  'keys.on': 'Single keys are on',
};

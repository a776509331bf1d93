/** Texts of the wall screen. */
export const wall = {
  'wall.title': 'Wall screen',
  'wall.open': 'Show on a wall screen',
  'wall.all': 'All boards on a wall screen',
  'wall.leave': 'Leave the wall screen',
  'wall.previous': 'Previous charts',
  'wall.next': 'Next charts',
  'wall.pause': 'Stop changing',
  'wall.go-on': 'Go on changing',
  'wall.full': 'Use the full screen',
  'wall.sheet': '{at} of {all}',
  'wall.offline': 'The server does not answer; these are the numbers of {at}.',
};

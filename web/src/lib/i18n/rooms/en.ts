/** Texts of the menu, of pages that are not for a role, and of what somebody sees. */
export const rooms = {
  'rooms.menu': 'Menu',
  'rooms.boards': 'Boards',
  'rooms.summaries': 'Summaries',
  'rooms.connections': 'Connections',
  'rooms.quality': 'Data quality',
  'rooms.closed': 'This page is not for your role',
  'rooms.closed.who': 'Open to: {roles}. Your role: {role}.',
  'rooms.closed.part': 'It is about everything, and you see a part.',
  'rooms.closed.ask': 'An administrator can give you another role.',
  'rooms.sees': 'You see:',
  'rooms.sees.more': 'and {n} more',
  'rooms.sees.nothing': 'In what you see there is nothing for this.',
  'rooms.empty': 'Nothing to show you yet',
  'rooms.empty.part': 'There is no item yet in what you see.',
  'rooms.empty.wait': 'As soon as an administrator has connected a tool, this page fills.',
};

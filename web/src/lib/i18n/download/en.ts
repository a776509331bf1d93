/** Texts of charts and lists as files. */
export const download = {
  'download.menu.of': 'More of “{title}”',
  'download.as': 'As a file',
  'download.copy': 'Copy the numbers',
  'download.copied': 'Copied.',
  'download.failed': 'That did not work: {reason}',
  'download.script': 'By script',
  'download.script.copy': 'Copy the line',
  'download.making': 'Drawing…',
  'download.done': '{name} is with your downloads.',
  'download.list': 'The whole list',
};

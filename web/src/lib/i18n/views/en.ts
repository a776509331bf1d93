/** Texts of saved views. */
export const views = {
  'views.menu': 'Views',
  'views.mine': 'Mine',
  'views.others': 'Of others',
  'views.none': 'No view of this page is kept yet. Choose period and filters, then give them a name.',
  'views.save': 'Keep what is chosen now',
  'views.name': 'Name of the view',
  'views.owner': 'Your name, so that others know whose view it is',
  'views.default.choose': 'Open this page with it',
  'views.default.of': 'Open this page with “{name}”',
  'views.rename.of': 'Rename “{name}”',
  'views.remove.of': 'Remove “{name}”',
  'views.remove.sure': 'Remove “{name}” for everybody?',
  'views.remove': 'Remove',
  'views.keep': 'Keep',
  'views.cancel': 'Cancel',
};

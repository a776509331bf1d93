/** What is said around a summary that is sent, and when it could not be. */
export const delivery = {
  'delivery.late': 'Late: this summary was due on {due}.',
  'delivery.test': 'Test: {subject}',
  'delivery.test.note': 'This is a test of the schedule “{schedule}”. Nobody else got it.',
  'delivery.why': 'You get this because {owner} put you on the schedule “{schedule}”.',
  'delivery.unsubscribe': 'Unsubscribe',
  'delivery.trouble': 'Not sent: {schedule}',
  'delivery.trouble.made': 'The summary of the schedule “{schedule}” that was due on {due} could not be made: {detail}',
  'delivery.trouble.sent': 'The summary of the schedule “{schedule}” that was due on {due} did not reach {recipient}: {detail}',
  'delivery.trouble.unsure':
    'Nobody knows whether the summary of the schedule “{schedule}” that was due on {due} reached {recipient}: {detail}',
  'delivery.trouble.look': 'What happened, and how to try again: {address}',
  'unsubscribe.title': 'Unsubscribe',
  'unsubscribe.ask': '{address} gets the summaries of “{schedule}”. Send no more of them?',
  'unsubscribe.do': 'Send no more',
  'unsubscribe.done': '{address} gets no more summaries of “{schedule}”.',
  'unsubscribe.unknown': 'This link is for nobody who gets summaries. Perhaps the schedule was removed.',
};

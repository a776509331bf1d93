import type { Told } from './told.js';

/** Keys to accounts, and links for those without one. */
export const identity: Record<string, Told> = {
  'Token.list': 'The API tokens of the account, without their keys.',
  'Token.make': 'Make an API token; its key is in this answer alone.',
  'Token.revoke': 'End an API token.',
  'SecondFactor.signIn': 'Give the code that is asked for after the password, and open a session.',
  'SecondFactor.state': 'Whether the account has a second factor, and whether it has to have one.',
  'SecondFactor.begin': 'Make the secret of a second factor; it is asked for once a code of it was given.',
  'SecondFactor.confirm': 'Give the first code of a new second factor; its recovery codes are in this answer alone.',
  'SecondFactor.renew': 'Make new recovery codes in place of the old ones.',
  'SecondFactor.remove': 'Remove the second factor of the account.',
  'SecondFactor.reset': 'Take the second factor off an account whose holder has lost it.',
  'Oidc.begin': 'Send the browser to the provider of sign-in.',
  'Oidc.end': 'Take the browser back from the provider of sign-in, and open a session.',
  'Oidc.read': 'How the account is reached through the provider of sign-in.',
  'Oidc.link': 'Where to send a browser that is signed in, to link its account with the provider.',
  'Oidc.unlink': 'Part the account from the provider of sign-in.',
  'Share.list': 'The share links that still open, without their keys; an administrator sees those of all.',
  'Share.make': 'Make a link that shows one board or kept summary; its key is in this answer alone.',
  'Share.revoke': 'End a share link.',
  'Share.open': 'Exchange the key of a share link for a cookie.',
};

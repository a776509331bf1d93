import type { Told } from './told.js';
import { files } from './reading.js';

/** Accounts, sign-in and what is recorded of them. */
export const access: Record<string, Told> = {
  'Audit.list': 'What happened: sign-ins, changes, exports, queries; newest first.',
  'Audit.download': { summary: 'The audit log as a file.', answers: files },
  'Audit.keep': 'Say how many days the audit log is kept.',
  'Privacy.find': 'Who is called so, among people and customers.',
  'Privacy.erase': 'Erase a person: the name and texts go, the numbers stay.',
  'Privacy.retention': 'How long texts of each connection are kept.',
  'Privacy.keep': 'Say how long texts of a connection are kept.',
  'SignIn.state': 'How one signs in here, and whether one has.',
  'SignIn.signIn': 'Sign in by password; where a second factor is set, its code is asked for next.',
  'SignIn.signOut': 'End this session.',
  'SignIn.look': 'Whom a link of welcome is for.',
  'SignIn.welcome': 'Use a link of welcome: choose a password and sign in; the first one makes the first administrator.',
  'Account.read': 'One’s own account and its sessions.',
  'Account.rename': 'Change the name of one’s own account.',
  'Account.changePassword': 'Change one’s own password; every other session ends.',
  'Account.endOne': 'End a session of one’s own.',
  'Account.endOthers': 'End every session of one’s own but this one.',
  'Users.list': 'Accounts.',
  'Users.add': 'Make an account; the answer has its link of welcome.',
  'Users.change': 'Change role, scope or name of an account, or switch it off.',
  'Users.remove': 'Remove an account.',
  'Ownerless.list': 'Views, boards and queries of accounts that were removed, or of before anybody signed in.',
  'Ownerless.give': 'Give what nobody owns to an account.',
  'Users.link': 'Make a new link of welcome, for a password that was forgotten.',
};

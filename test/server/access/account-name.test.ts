import { expect, test } from 'vitest';
import { accountName, seenName } from '#server/access/account-name.js';
import { addAccount, changeAccount, freeName } from '#server/access/accounts.js';
import { testDatabase } from '../../support/database.js';

const { pool } = await testDatabase();
let count = 0;
const add = (name: string) => {
  count += 1;
  return addAccount(pool, { email: `somebody-${count}@company.test`, name, role: 'lead', scope: null, seesNames: false });
};

test.each([
  ['a space without width', 'Ada\u200b'],
  ['a soft hyphen', 'A\u00adda'],
  ['an order turned round', '\u202eadA'],
  ['an isolate that is never closed', 'Ada\u2067'],
  ['a mark of direction', 'Ada\u200f'],
  ['a filler of Hangul', 'Ada\u3164'],
  ['a blank of Braille', 'Ada\u2800'],
  ['a tag', 'Ada\u{e0041}'],
  ['a line end', 'Ada\nBoss'],
  ['an end of a paragraph', 'Ada\u2029'],
])('a name with %s is refused', (_what, name) => {
  expect(() => accountName(name)).toThrow('has signs that nobody sees');
  expect(seenName(name).replace(/[aAdBos]/g, '')).toBe('');
});

test.each(['می\u200cشود', 'Հայկ Պետրոսյան', 'Şükrü Iğdır', "Seán O'Brien", '👩\u200d💻 Ada', 'Zoë'])(
  'the name %s is taken',
  async (name) => {
    expect((await add(name)).name).toBe(name.normalize('NFC'));
  },
);

test.each([
  ['ADA LOVELACE', 'in capitals'],
  ['Ada\u00a0Lovelace', 'with a space that does not break'],
  ['Ada  Lovelace', 'with two spaces'],
  ['Ａｄａ Lovelace', 'in full width'],
  ['A\u200cda Lovelace', 'with a joiner'],
  ['Ada Lovela\u200dce', 'with another joiner'],
])('%s reads as another one’s name, %s', async (name) => {
  const { rows } = await pool.query<{ id: string }>(`select id from app.account where name = 'Ada Lovelace'`);
  if (!rows[0]) await add('Ada Lovelace');
  await expect(add(name)).rejects.toThrow(`The name "${name}" is another one's`);
  const { id } = await add(`Eve ${count}`);
  await expect(changeAccount(pool, id, { name }, new Date())).rejects.toThrow("is another one's");
  expect(await freeName(pool, name, 'eve@company.test')).toBe(`${name} (eve@company.test)`);
});

test('one’s own name may be written otherwise', async () => {
  const { id } = await add('grace hopper');
  expect((await changeAccount(pool, id, { name: 'Grace  Hopper' }, new Date())).name).toBe('Grace  Hopper');
});

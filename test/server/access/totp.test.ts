import { describe, expect, it } from 'vitest';
import { Secret, TOTP } from 'otpauth';
import { keyOf } from '#etl/vault/key.js';
import { beginHalfSignIn, endHalfSignIn, tryHalfSignIn } from '#server/access/totp-half.js';
import {
  beginSecondFactor,
  checkSecondFactor,
  confirmSecondFactor,
  readSecondFactor,
  removeSecondFactor,
  rotateSecondFactors,
} from '#server/access/totp.js';
import { testDatabase } from '../../support/database.js';

describe('the second factor', async () => {
  const { pool } = await testDatabase();
  const key = keyOf('00112233445566778899aabbccddeeff0123456789abcdef0123456789abcdef', 'the test');
  const now = new Date('2026-03-02T09:00:10Z');
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);

  let count = 0;
  async function account(): Promise<{ id: string; email: string }> {
    count += 1;
    const email = `somebody-${count}@company.test`;
    const { rows } = await pool.query<{ id: string }>(`insert into app.account (email, name, role) values ($1, $1, 'admin') returning id`, [
      email,
    ]);
    return { id: rows[0]?.id ?? '', email };
  }

  /** The phone: makes codes of the key it was given, on its own clock. */
  function phone(typed: string): (at: Date) => string {
    const totp = new TOTP({ secret: Secret.fromBase32(typed) });
    return (at) => totp.generate({ timestamp: at.getTime() });
  }

  async function withFactor() {
    const one = await account();
    const setup = await beginSecondFactor(pool, key, one);
    const codeAt = phone(setup.key);
    const recovery = await confirmSecondFactor(pool, key, one.id, codeAt(now), now);
    return { ...one, setup, codeAt, recovery };
  }

  it('makes the codes that RFC 6238 gives for its own secret', () => {
    const totp = new TOTP({ secret: Secret.fromUTF8('12345678901234567890'), digits: 8 });
    expect([59, 1_111_111_109, 20_000_000_000].map((seconds) => totp.generate({ timestamp: seconds * 1_000 }))).toEqual([
      '94287082',
      '07081804',
      '65353130',
    ]);
  });

  it('is told to the app as an address with 160 random bits', async () => {
    const { setup, email } = await withFactor();
    expect(setup.key).toMatch(/^[A-Z2-7]{32}$/);
    expect(setup.uri).toBe(
      `otpauth://totp/Throughline:${encodeURIComponent(email)}?issuer=Throughline&secret=${setup.key}&algorithm=SHA1&digits=6&period=30`,
    );
  });

  it('is not asked for before its first code was given', async () => {
    const one = await account();
    const { key: typed } = await beginSecondFactor(pool, key, one);
    expect(await readSecondFactor(pool, one.id)).toEqual({ since: null, recoveryCodesLeft: 0 });
    await expect(confirmSecondFactor(pool, key, one.id, '000000x', now)).rejects.toThrow('This code is not right');
    expect(await confirmSecondFactor(pool, key, one.id, phone(typed)(now), now)).toHaveLength(10);
    expect(await readSecondFactor(pool, one.id)).toEqual({ since: '2026-03-02T09:00:10.000Z', recoveryCodesLeft: 10 });
  });

  it('is not replaced once it is confirmed', async () => {
    const { id, email } = await withFactor();
    await expect(beginSecondFactor(pool, key, { id, email })).rejects.toThrow('There is a second factor already');
    await expect(confirmSecondFactor(pool, key, id, '123456', now)).rejects.toThrow('No second factor is being set up');
  });

  it('takes the code of this half minute, the one before and the one after, and no other', async () => {
    const verdict = async (seconds: number) => {
      const { id, codeAt } = await withFactor();
      return checkSecondFactor(pool, key, id, codeAt(after(300 + seconds)), after(300));
    };
    expect([await verdict(-60), await verdict(-30), await verdict(0), await verdict(30), await verdict(60)]).toEqual([
      null,
      'app',
      'app',
      'app',
      null,
    ]);
  });

  it('takes a code once, also when it comes twice at the same time', async () => {
    const { id, codeAt } = await withFactor();
    expect(await checkSecondFactor(pool, key, id, codeAt(now), now)).toBeNull();
    const code = codeAt(after(60));
    const both = await Promise.all([checkSecondFactor(pool, key, id, code, after(60)), checkSecondFactor(pool, key, id, code, after(60))]);
    expect(both.filter((one) => one === 'app')).toHaveLength(1);
    expect(await checkSecondFactor(pool, key, id, codeAt(after(30)), after(60))).toBeNull();
  });

  it('opens once with each recovery code, however it is typed', async () => {
    const { id, recovery } = await withFactor();
    const [first = '', second = ''] = recovery;
    expect(first).toMatch(/^[A-HJ-NP-Z2-9]{6}(-[A-HJ-NP-Z2-9]{6}){3}$/);
    expect(await checkSecondFactor(pool, key, id, ` ${first.toLowerCase().replaceAll('-', ' ')} `, now)).toBe('recovery');
    expect(await checkSecondFactor(pool, key, id, first, now)).toBeNull();
    expect(await checkSecondFactor(pool, key, id, second, now)).toBe('recovery');
    expect((await readSecondFactor(pool, id)).recoveryCodesLeft).toBe(8);
    expect(new Set(recovery).size).toBe(10);
  });

  it('does not open for another account', async () => {
    const { codeAt, recovery } = await withFactor();
    const other = await withFactor();
    expect(await checkSecondFactor(pool, key, other.id, recovery[0] ?? '', now)).toBeNull();
    expect(await checkSecondFactor(pool, key, other.id, codeAt(after(90)), after(90))).toBeNull();
  });

  it('keeps its secret sealed for its account: moved to another one, it does not open', async () => {
    const { id, codeAt, setup } = await withFactor();
    const other = await withFactor();
    await pool.query(
      `update app.second_factor set nonce = moved.nonce, sealed = moved.sealed
      from (select nonce, sealed from app.second_factor where account_id = $1) moved where account_id = $2`,
      [id, other.id],
    );
    await expect(checkSecondFactor(pool, key, other.id, codeAt(after(90)), after(90))).rejects.toThrow('does not belong');
    const { rows } = await pool.query<{ row: string }>('select row_to_json(factor)::text as row from app.second_factor factor');
    const plain = Secret.fromBase32(setup.key).hex.toLowerCase();
    expect(rows.some(({ row }) => row.includes(setup.key) || row.includes(plain))).toBe(false);
    await removeSecondFactor(pool, other.id);
  });

  it('opens with the present key after the key was changed', async () => {
    const { id, codeAt } = await withFactor();
    const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from app.second_factor');
    const next = keyOf('ffeeddccbbaa99887766554433221100fedcba9876543210fedcba9876543210', 'the test');
    expect(await rotateSecondFactors(pool, key, next)).toBe(rows[0]?.count);
    expect(await checkSecondFactor(pool, next, id, codeAt(after(90)), after(90))).toBe('app');
    await rotateSecondFactors(pool, next, key);
  });

  it('is gone with its recovery codes when it is removed', async () => {
    const { id, codeAt, recovery } = await withFactor();
    expect(await removeSecondFactor(pool, id)).toBe(true);
    expect(await removeSecondFactor(pool, id)).toBe(false);
    expect(await checkSecondFactor(pool, key, id, codeAt(after(90)), after(90))).toBeNull();
    expect(await checkSecondFactor(pool, key, id, recovery[0] ?? '', now)).toBeNull();
  });

  it('is asked five times in five minutes after one right password, of one browser', async () => {
    const one = await account();
    const first = await beginHalfSignIn(pool, one.id, now);
    const second = await beginHalfSignIn(pool, one.id, now);
    expect(await tryHalfSignIn(pool, first, now)).toBeNull();
    expect(await tryHalfSignIn(pool, 'guessed', now)).toBeNull();
    expect(await tryHalfSignIn(pool, second, after(299))).toEqual({ account: one.id });
    expect(await tryHalfSignIn(pool, second, after(300))).toBeNull();
    for (const _ of [2, 3, 4, 5]) expect(await tryHalfSignIn(pool, second, now)).toEqual({ account: one.id });
    expect(await tryHalfSignIn(pool, second, now)).toBeNull();
    const third = await beginHalfSignIn(pool, one.id, now);
    await endHalfSignIn(pool, third);
    expect(await tryHalfSignIn(pool, third, now)).toBeNull();
  });
});

import type pg from 'pg';
import type { Ownerless } from '../api.js';
import { recordAudit } from '../audit/audit.js';
import { isUniqueViolation } from '#etl/error-code.js';
import { withTransaction } from '#etl/transaction.js';
import { Conflict, Missing } from '../refusal.js';
import { nextOwner } from './hand-over.js';
import { ownerId } from './own.js';
import { givenTables, type OwnerlessKind } from './owned-tables.js';
import type { Principal } from './principal.js';

const isOwnerless = `${ownerId} is null`;

/** What accounts kept that were removed, and what was kept before anybody signed in; by kind and title. */
export async function readOwnerless(pool: pg.Pool): Promise<Ownerless[]> {
  const each = givenTables.map(
    ({ kind, table, name, title, where }) =>
      `select '${kind}' as kind, id, ${title} as title, ${name} as owner from ${table} where ${where} and ${isOwnerless}`,
  );
  return (await pool.query<Ownerless>(`${each.join(' union all ')} order by kind, title, id`)).rows;
}

/**
 * Gives what nobody owns to an account. Throws as `nextOwner`, `Missing` for no such thing,
 * `Conflict` where the account has one of that name.
 */
export async function giveOwnerless(
  pool: pg.Pool,
  { kind, id, account: to }: { kind: OwnerlessKind; id: string; account: string },
  { asker, address }: { asker: Principal; address: string },
): Promise<void> {
  const given = givenTables.find((one) => one.kind === kind);
  if (!given) throw new Missing(`Nothing of the kind ${kind} is given away.`);
  const { table, name, where, also, action } = given;
  await withTransaction(pool, async (client) => {
    const account = await nextOwner(client, to);
    const { rowCount } = await client
      .query(
        `update ${table} set owner_account_id = $2, ${name} = $3${also === undefined ? '' : `, ${also}`}
        where id = $1 and ${where} and ${isOwnerless}`,
        [id, account.id, account.name],
      )
      .catch((error: unknown) => {
        if (isUniqueViolation(error)) throw new Conflict(`${account.name} has a ${kind} of that name already; rename that one first.`);
        throw error;
      });
    if (!rowCount) throw new Missing(`There is no ${kind} ${id} without an owner; it may have been given away or removed.`);
    await recordAudit(client, { asker, action, object: id, detail: { owner: account.id }, address });
  });
}

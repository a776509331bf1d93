import { ForbiddenException } from '@nestjs/common';
import type pg from 'pg';
import { readAccount } from '../access/accounts.js';
import { demand } from '../access/demand.js';
import { isSeen } from '../access/narrow.js';
import type { Principal } from '../access/principal.js';
import { Refusal } from '../refusal.js';
import { readQuery } from '../workbench/kept-queries.js';
import { findView } from '../exports/view-catalog.js';
import { allowedAddress, parseAddress } from '../mail/address.js';
import type { ExportContent } from './export-schedules.js';
import { ownerRights } from './owner-rights.js';

/** Says at once what could not be made later. Throws a `Refusal` for what its owner may not take, and a 403 where that is who asks. */
export async function checkExportSchedule(
  pool: pg.Pool,
  domains: readonly string[],
  asker: Principal,
  { source, destination, owner, ownerId, ownerAddress, format, isRaw }: ExportContent,
): Promise<void> {
  demand(asker, 'export');
  if (isRaw && format !== 'csv') throw new Refusal(`isRaw is of CSV alone; ${format} keeps every cell as it is.`);
  const addresses = [...(destination.kind === 'mail' ? destination.recipients : []), ...(ownerAddress === null ? [] : [ownerAddress])];
  for (const address of addresses) allowedAddress(parseAddress(address), domains);
  const isOwn = ownerId === asker.id;
  if (isOwn && source.kind === 'query') demand(asker, 'query');
  const as = isOwn || ownerId === null ? asker : ownerRights(ownerId, await readAccount(pool, ownerId), source);
  if (source.kind === 'view') {
    await findView(pool, source.view);
  } else if (source.kind === 'query') {
    await readQuery(pool, as, source.savedQuery);
  } else if (!isSeen(source.filters, as)) {
    if (!isOwn) throw new Refusal(`These filters leave items that ${owner} may not see.`);
    throw new ForbiddenException('These filters leave items that you may not see; name teams, services or groups of yours.');
  }
}

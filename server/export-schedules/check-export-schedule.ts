import { ForbiddenException } from '@nestjs/common';
import type pg from 'pg';
import { demand } from '../access/demand.js';
import { isSeen } from '../access/narrow.js';
import type { Principal } from '../access/principal.js';
import type { ExportScheduleBody } from '../api.js';
import { Refusal } from '../dashboards/refusal.js';
import { readQuery } from '../workbench/kept-queries.js';
import { findView } from '../exports/view-catalog.js';
import { allowedAddress, parseAddress } from '../mail/address.js';

/** Says at once what could not be made later. Throws a `Refusal`, and a 403 for what the asker may not take. */
export async function checkExportSchedule(
  pool: pg.Pool,
  domains: readonly string[],
  asker: Principal,
  { source, destination, ownerAddress, format, isRaw }: ExportScheduleBody,
): Promise<void> {
  demand(asker, 'export');
  if (isRaw && format !== 'csv') throw new Refusal(`isRaw is of CSV alone; ${format} keeps every cell as it is.`);
  const addresses = [...(destination.kind === 'mail' ? destination.recipients : []), ...(ownerAddress === null ? [] : [ownerAddress])];
  for (const address of addresses) allowedAddress(parseAddress(address), domains);
  if (source.kind === 'view') {
    await findView(pool, source.view);
  } else if (source.kind === 'watch' && !isSeen(source.filters, asker)) {
    throw new ForbiddenException('These filters leave items that you may not see; name teams, services or groups of yours.');
  } else if (source.kind === 'query') {
    demand(asker, 'query');
    await readQuery(pool, asker, source.savedQuery);
  }
}

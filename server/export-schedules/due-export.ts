import type { Sealed } from '#etl/vault/seal.js';
import type { ExportDestination, ExportSource, ViewFormat } from '../api.js';

export interface DueExport {
  id: string;
  name: string;
  owner: string;
  source: ExportSource;
  format: ViewFormat;
  isRaw: boolean;
  destination: ExportDestination;
  secret: Sealed | null;
}

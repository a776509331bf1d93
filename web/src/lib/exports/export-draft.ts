import type { ExportDestination, ExportScheduleBody, ExportSource, QueryParameter, ViewFormat } from '#server/api.js';
import { language } from '../i18n/messages.svelte';
import { rhythmOf, type RhythmDraft } from '../schedules/draft';

/** What the form of an export schedule holds: every field of every kind, so that going back and forth loses nothing. */
export interface ExportDraft extends RhythmDraft {
  name: string;
  owner: string;
  ownerAddress: string;
  source: ExportSource['kind'];
  view: string;
  query: string;
  /** By the name of the parameter. */
  values: Record<string, string>;
  format: ViewFormat;
  isRaw: boolean;
  to: ExportDestination['kind'];
  recipients: string;
  endpoint: string;
  region: string;
  bucket: string;
  prefix: string;
  accessKeyId: string;
  secretAccessKey: string;
  zone: string;
}

export function newExportDraft(owner: string, zone: string): ExportDraft {
  return {
    name: '',
    owner,
    ownerAddress: '',
    kind: 'weekly',
    weekday: 1,
    day: 1,
    at: '06:00',
    expression: '0 6 * * 1-5',
    source: 'view',
    view: 'item',
    query: '',
    values: {},
    format: 'csv',
    isRaw: false,
    to: 'folder',
    recipients: '',
    endpoint: 'https://',
    region: 'us-east-1',
    bucket: '',
    prefix: '',
    accessKeyId: '',
    secretAccessKey: '',
    zone,
  };
}

/** As the server wants it. `parameters`: of the kept query that is chosen; a value left empty is the one kept with it. */
export function exportBody(draft: ExportDraft, parameters: readonly QueryParameter[]): ExportScheduleBody {
  const { name, owner, ownerAddress, format, isRaw, zone, secretAccessKey, to } = draft;
  return {
    name: name.trim(),
    owner: owner.trim(),
    ownerAddress: ownerAddress.trim() === '' ? null : ownerAddress.trim(),
    source: sourceOf(draft, parameters),
    format,
    isRaw: format === 'csv' && isRaw,
    destination: destinationOf(draft),
    rhythm: rhythmOf(draft),
    zone,
    ...(to === 'bucket' && { secretAccessKey }),
  };
}

function sourceOf({ source, view, query, values }: ExportDraft, parameters: readonly QueryParameter[]): ExportSource {
  if (source === 'view') return { kind: 'view', view };
  if (source === 'watch') return { kind: 'watch', filters: {} };
  const bound = parameters.map(({ name, default: usual }) => [name, values[name] || usual] as const);
  return { kind: 'query', savedQuery: query, parameters: Object.fromEntries(bound) };
}

function destinationOf({ to, recipients, endpoint, region, bucket, prefix, accessKeyId }: ExportDraft): ExportDestination {
  if (to === 'folder') return { kind: 'folder' };
  if (to === 'bucket') return { kind: 'bucket', endpoint, region, bucket, prefix, accessKeyId };
  return { kind: 'mail', recipients: recipients.split(/[\s,;]+/).filter((address) => address !== ''), locale: language.locale };
}

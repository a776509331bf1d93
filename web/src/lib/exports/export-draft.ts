import type {
  ExportDestination,
  ExportSchedule,
  ExportScheduleBody,
  ExportSource,
  Locale,
  QueryParameter,
  ViewFormat,
} from '#server/api.js';
import { language } from '../i18n/messages.svelte';
import { rhythmOf, type OwnedDraft } from '../schedules/draft';

/** What the form of an export schedule holds: every field of every kind, so that going back and forth loses nothing. */
export interface ExportDraft extends OwnedDraft {
  source: ExportSource['kind'];
  view: string;
  query: string;
  /** By the name of the parameter. */
  values: Record<string, string | null>;
  /** Of the watch list. */
  filters: Record<string, string[]>;
  format: ViewFormat;
  isRaw: boolean;
  to: ExportDestination['kind'];
  recipients: string;
  /** Of these messages. */
  locale: Locale;
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
    ownerId: '',
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
    filters: {},
    format: 'csv',
    isRaw: false,
    to: 'folder',
    recipients: '',
    locale: language.locale,
    endpoint: 'https://',
    region: 'us-east-1',
    bucket: '',
    prefix: '',
    accessKeyId: '',
    secretAccessKey: '',
    zone,
  };
}

/** Of one that is changed. Its secret key is told by nobody; the one that is kept stays where none is given. */
export function exportDraftOf(schedule: ExportSchedule): ExportDraft {
  const { name, owner, ownerId, ownerAddress, source, format, isRaw, destination, rhythm, zone } = schedule;
  return {
    ...newExportDraft(owner, zone),
    ...rhythm,
    name,
    ownerId: ownerId ?? '',
    ownerAddress: ownerAddress ?? '',
    source: source.kind,
    ...(source.kind === 'view' && { view: source.view }),
    ...(source.kind === 'query' && { query: source.savedQuery, values: { ...source.parameters } }),
    ...(source.kind === 'watch' && { filters: listsOf(source.filters) }),
    format,
    isRaw,
    to: destination.kind,
    ...(destination.kind === 'mail' && { recipients: destination.recipients.join('\n'), locale: destination.locale }),
    ...(destination.kind === 'bucket' && destinationFields(destination)),
  };
}

/** As the server wants it. `parameters`: of the kept query that is chosen; a value left empty is the one kept with it. */
export function exportBody(draft: ExportDraft, parameters: readonly QueryParameter[]): ExportScheduleBody {
  const { name, owner, ownerId, ownerAddress, format, isRaw, zone, secretAccessKey, to } = draft;
  return {
    name: name.trim(),
    owner: owner.trim(),
    ...(ownerId !== '' && { ownerId }),
    ownerAddress: ownerAddress.trim() === '' ? null : ownerAddress.trim(),
    source: sourceOf(draft, parameters),
    format,
    isRaw: format === 'csv' && isRaw,
    destination: destinationOf(draft),
    rhythm: rhythmOf(draft),
    zone,
    ...(to === 'bucket' && secretAccessKey !== '' && { secretAccessKey }),
  };
}

function sourceOf({ source, view, query, values, filters }: ExportDraft, parameters: readonly QueryParameter[]): ExportSource {
  if (source === 'view') return { kind: 'view', view };
  if (source === 'watch') return { kind: 'watch', filters: { ...filters } };
  const bound = parameters.map(({ name, default: usual }) => [name, values[name] === null ? null : values[name] || usual] as const);
  return { kind: 'query', savedQuery: query, parameters: Object.fromEntries(bound) };
}

function destinationOf({ to, recipients, endpoint, region, bucket, prefix, accessKeyId, locale }: ExportDraft): ExportDestination {
  if (to === 'folder') return { kind: 'folder' };
  if (to === 'bucket') return { kind: 'bucket', endpoint, region, bucket, prefix, accessKeyId };
  return { kind: 'mail', recipients: recipients.split(/[\s,;]+/).filter((address) => address !== ''), locale };
}

function destinationFields({ endpoint, region, bucket, prefix, accessKeyId }: Extract<ExportDestination, { kind: 'bucket' }>) {
  return { endpoint, region, bucket, prefix, accessKeyId };
}

function listsOf(filters: Partial<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(filters).map(([dimension, names]) => [dimension, [...(names ?? [])]]));
}

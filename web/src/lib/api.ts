import type {
  Account,
  AccountLink,
  AccountResponse,
  PasswordAnswer,
  SignInAnswer,
  SignInState,
  WelcomeLook,
  BeliefResponse,
  BeliefState,
  AlertHistoryResponse,
  AlertPreview,
  AlertResponse,
  AlertTest,
  AuditResponse,
  BoardLine,
  BoardResponse,
  ChannelPreview,
  ChannelResponse,
  ConnectionDetail,
  ConnectionRequest,
  ConnectionTest,
  ConnectorForm,
  DueResponse,
  ErrorResponse,
  ExplainResponse,
  ExportRun,
  ExportSchedule,
  ExportScheduleBody,
  ExportsResponse,
  HandledResponse,
  HealthResponse,
  ItemResponse,
  ItemsResponse,
  KeptQuery,
  KeptQueryContent,
  MailboxResponse,
  MailLine,
  MeaningPreview,
  NamesResponse,
  Note,
  PersonalBoard,
  PersonalBoardResponse,
  PlacedChart,
  ProgressResponse,
  QualityItemsResponse,
  QualityResponse,
  QuarantineResponse,
  QueryExportBody,
  QueryHistory,
  QueryRunMessage,
  QueryRunRequest,
  ReportListed,
  ReportResponse,
  ReportsResponse,
  ReportSpec,
  Rhythm,
  SavedView,
  Schedule,
  ScheduleBody,
  ScheduleRun,
  Target,
  SearchResponse,
  SqlResponse,
  StateResponse,
  TodayResponse,
  ViewFormat,
  WatchableNumber,
  WatchCustomersResponse,
  WatchItem,
  WatchResponse,
  WhyResponse,
  WorkbenchSchema,
  WorkbenchState,
  ApiToken,
  NewApiToken,
  NewShareLink,
  ProviderLinks,
  RecoveryCodes,
  SecondFactorSetup,
  SecondFactorState,
  ShareLinksResponse,
} from '#server/api.js';

/** The only file that fetches. */

/** What the server refused or failed, in its words. Status 0: no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errorId: string | null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export const api = {
  state: (signal?: AbortSignal) => get<StateResponse>('/api/state', signal),
  board: (id: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<BoardResponse>(`/api/boards/${encodeURIComponent(id)}?${query}`, signal),
  boardLines: (id: string, query: URLSearchParams, signal: AbortSignal) =>
    lines<BoardLine>(`/api/boards/${encodeURIComponent(id)}/charts?${query}`, { signal }),
  today: (query: URLSearchParams, signal?: AbortSignal) => get<TodayResponse>(`/api/today?${query}`, signal),
  watch: (query: URLSearchParams, signal?: AbortSignal) => get<WatchResponse>(`/api/watch?${query}`, signal),
  watchCustomers: (query: URLSearchParams, signal?: AbortSignal) => get<WatchCustomersResponse>(`/api/watch/customers?${query}`, signal),
  markHandled: (item: string, told: { note: string; by: string }) => send<WatchItem>('POST', handledPath(item), told),
  handled: (query: URLSearchParams, signal?: AbortSignal) => get<HandledResponse>(`/api/watch/handled?${query}`, signal),
  undoHandled: (item: string) => send<WatchItem>('DELETE', handledPath(item), {}),
  items: (metric: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<ItemsResponse>(`/api/metrics/${encodeURIComponent(metric)}/items?${query}`, signal),
  why: (chart: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<WhyResponse>(`/api/charts/${encodeURIComponent(chart)}/why?${query}`, signal),
  note: (id: string, signal?: AbortSignal) => get<Note>(notePath(id), signal),
  addNote: (note: Omit<Note, 'id' | 'scope'> & Partial<Pick<Note, 'scope'>>) => send<Note>('POST', '/api/notes', note),
  changeNote: (id: string, change: Partial<Omit<Note, 'id'>>) => send<Note>('PATCH', notePath(id), change),
  removeNote: (id: string) => send<unknown>('DELETE', notePath(id), {}),
  belief: (query: URLSearchParams, signal?: AbortSignal) => get<BeliefState>(`/api/beliefs/question?${query}`, signal),
  answerBelief: (said: BeliefWindow & { metric: string; answer: string; lang: string }) =>
    send<BeliefResponse>('POST', '/api/beliefs', said),
  skipBelief: (passed: BeliefWindow) => send<unknown>('POST', '/api/beliefs/skip', passed),
  setTarget: (target: TargetSetting & Pick<Target, 'metric' | 'part' | 'scope'>, reader: URLSearchParams) =>
    send<Target>('POST', `/api/targets?${reader}`, target),
  changeTarget: (id: string, change: TargetSetting, reader: URLSearchParams) =>
    send<Target>('PATCH', `/api/targets/${id}?${reader}`, change),
  removeTarget: (id: string) => send<unknown>('DELETE', `/api/targets/${id}`, {}),
  sql: (metric: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<SqlResponse>(`/api/metrics/${encodeURIComponent(metric)}/sql?${query}`, signal),
  item: (id: string, signal?: AbortSignal) => get<ItemResponse>(`/api/items/${encodeURIComponent(id)}`, signal),
  quality: (lang: string, signal?: AbortSignal) => get<QualityResponse>(`/api/quality?lang=${lang}`, signal),
  qualityItems: (query: URLSearchParams, signal?: AbortSignal) => get<QualityItemsResponse>(`/api/quality/items?${query}`, signal),
  names: (dimension: string, search: string, signal?: AbortSignal) =>
    get<NamesResponse>(`/api/filters/${encodeURIComponent(dimension)}?${new URLSearchParams({ search })}`, signal),
  search: (text: string, lang: string, signal?: AbortSignal) =>
    get<SearchResponse>(`/api/search?${new URLSearchParams({ text, lang })}`, signal),
  audit: (query: URLSearchParams, signal?: AbortSignal) => get<AuditResponse>(`/api/audit?${query}`, signal),
  health: (query: URLSearchParams, signal?: AbortSignal) => get<HealthResponse>(`/api/health?${query}`, signal),
  reports: (signal?: AbortSignal) => get<ReportsResponse>('/api/reports', signal),
  report: (id: string, signal?: AbortSignal) => get<ReportResponse>(`/api/reports/${encodeURIComponent(id)}`, signal),
  makeReport: (spec: ReportSpec) => send<ReportListed>('POST', '/api/reports', spec),
  views: (signal?: AbortSignal) => get<SavedView[]>('/api/views', signal),
  saveView: (view: Omit<SavedView, 'id' | 'savedAt'>) => send<SavedView>('POST', '/api/views', view),
  changeView: (id: string, change: Partial<Pick<SavedView, 'name' | 'query' | 'isDefault'>>) =>
    send<SavedView>('PATCH', `/api/views/${id}`, change),
  removeView: (id: string) => send<unknown>('DELETE', `/api/views/${id}`, {}),
  personalBoards: (signal?: AbortSignal) => get<PersonalBoard[]>('/api/personal-boards', signal),
  personalBoard: (id: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<PersonalBoardResponse>(`${personalBoardPath(id)}/charts?${query}`, signal),
  addPersonalBoard: (board: Omit<PersonalBoard, 'id' | 'updatedAt'>) => send<PersonalBoard>('POST', '/api/personal-boards', board),
  changePersonalBoard: (id: string, change: { by: string } & Partial<Pick<PersonalBoard, 'title' | 'description' | 'charts'>>) =>
    send<PersonalBoard>('PATCH', personalBoardPath(id), change),
  placeChart: (id: string, placing: PlacedChart & { by: string }) =>
    send<PersonalBoard>('POST', `${personalBoardPath(id)}/charts`, placing),
  copyPersonalBoard: (id: string, copy: { owner: string; title: string }) =>
    send<PersonalBoard>('POST', `${personalBoardPath(id)}/copy`, copy),
  removePersonalBoard: (id: string, by: string) => send<unknown>('DELETE', personalBoardPath(id), { by }),
  restorePersonalBoard: (id: string, by: string) => send<PersonalBoard>('POST', `${personalBoardPath(id)}/restore`, { by }),
  alerts: (reader: URLSearchParams, signal?: AbortSignal) => get<AlertResponse[]>(`/api/alerts?${reader}`, signal),
  watchableNumbers: (reader: URLSearchParams, signal?: AbortSignal) => get<WatchableNumber[]>(`/api/alerts/numbers?${reader}`, signal),
  alertHistory: (id: string, reader: URLSearchParams, signal?: AbortSignal) =>
    get<AlertHistoryResponse>(`/api/alerts/${encodeURIComponent(id)}/history?${reader}`, signal),
  addAlert: (alert: object) => send<AlertResponse>('POST', '/api/alerts', alert),
  previewAlert: (draft: object) => send<AlertPreview>('POST', '/api/alerts/preview', draft),
  testAlert: (id: string) => send<AlertTest>('POST', `/api/alerts/${id}/test`, {}),
  muteAlert: (id: string, mute: { by: string; why: string; until: string }) => send<AlertResponse>('POST', `/api/alerts/${id}/mute`, mute),
  unmuteAlert: (id: string, by: string) => send<AlertResponse>('POST', `/api/alerts/${id}/unmute`, { by }),
  remarkAlert: (id: string, remark: { by: string; text: string }) =>
    send<AlertHistoryResponse>('POST', `/api/alerts/${id}/remarks`, remark),
  removeAlert: (id: string) => send<unknown>('DELETE', `/api/alerts/${id}`, {}),
  channels: (signal?: AbortSignal) => get<ChannelResponse[]>('/api/channels', signal),
  addChannel: (channel: object) => send<ChannelResponse>('POST', '/api/channels', channel),
  testChannel: (id: string, lang: string) =>
    send<{ error: string | null; message: ChannelPreview }>('POST', `/api/channels/${id}/test?lang=${lang}`, {}),
  removeChannel: (id: string) => send<unknown>('DELETE', `/api/channels/${id}`, {}),
  targets: (reader: URLSearchParams, signal?: AbortSignal) => get<Target[]>(`/api/targets?${reader}`, signal),
  schedules: (signal?: AbortSignal) => get<Schedule[]>('/api/schedules', signal),
  scheduleRuns: (id: string, signal?: AbortSignal) => get<ScheduleRun[]>(`${schedulePath(id)}/runs`, signal),
  scheduleDue: (rhythm: Rhythm, zone: string, signal?: AbortSignal) => ask<DueResponse>('/api/schedules/due', { rhythm, zone }, signal),
  addSchedule: (schedule: ScheduleBody) => send<Schedule>('POST', '/api/schedules', schedule),
  changeSchedule: (id: string, schedule: ScheduleBody) => send<Schedule>('PATCH', schedulePath(id), schedule),
  pauseSchedule: (id: string, isPaused: boolean) => send<Schedule>('PATCH', `${schedulePath(id)}/pause`, { isPaused }),
  runSchedule: (id: string) => send<Schedule>('POST', `${schedulePath(id)}/run`, {}),
  testSchedule: (id: string, address: string) => send<MailLine>('POST', `${schedulePath(id)}/test`, { address }),
  retryRun: (run: string) => send<unknown>('POST', `/api/schedules/runs/${encodeURIComponent(run)}/retry`, {}),
  removeSchedule: (id: string) => send<unknown>('DELETE', schedulePath(id), {}),
  mailbox: (signal?: AbortSignal) => get<MailboxResponse>('/api/mail', signal),
  retryMail: (id: string) => send<MailLine>('POST', `/api/mail/${encodeURIComponent(id)}/retry`, {}),
  signInState: (next: string) => get<SignInState>(`/api/sign-in?${new URLSearchParams({ next })}`),
  signIn: (told: { email: string; password: string }) => ask<SignInAnswer>('/api/sign-in', told),
  signOut: () => send<unknown>('POST', '/api/sign-out', {}),
  lookAtWelcome: (key: string) => ask<WelcomeLook>('/api/welcome/look', { key }),
  followWelcome: (told: { key: string; password: string; name: string; email: string }) => ask<PasswordAnswer>('/api/welcome', told),
  account: (signal?: AbortSignal) => get<AccountResponse>('/api/account', signal),
  renameAccount: (name: string) => send<unknown>('PATCH', '/api/account', { name }),
  changePassword: (told: { current: string; password: string }) => ask<PasswordAnswer>('/api/account/password', told),
  endSession: (id: string) => send<unknown>('DELETE', `/api/account/sessions/${encodeURIComponent(id)}`, {}),
  endOtherSessions: () => send<unknown>('DELETE', '/api/account/sessions', {}),
  giveCode: (code: string) => send<unknown>('POST', '/api/sign-in/second-factor', { code }),
  tokens: (signal?: AbortSignal) => get<ApiToken[]>('/api/account/tokens', signal),
  makeToken: (token: Pick<ApiToken, 'name' | 'permissions' | 'scope'> & { days: number }) =>
    send<NewApiToken>('POST', '/api/account/tokens', token),
  revokeToken: (id: string) => send<unknown>('DELETE', `/api/account/tokens/${encodeURIComponent(id)}`, {}),
  secondFactor: (signal?: AbortSignal) => get<SecondFactorState>('/api/account/second-factor', signal),
  beginSecondFactor: (password: string) => send<SecondFactorSetup>('POST', '/api/account/second-factor', { password }),
  confirmSecondFactor: (code: string) => send<RecoveryCodes>('POST', '/api/account/second-factor/confirm', { code }),
  renewRecoveryCodes: (proof: { password: string; code: string }) => send<RecoveryCodes>('POST', '/api/account/second-factor/codes', proof),
  removeSecondFactor: (proof: { password: string; code: string }) => send<unknown>('DELETE', '/api/account/second-factor', proof),
  resetSecondFactor: (user: string) => send<unknown>('DELETE', `${userPath(user)}/second-factor`, {}),
  provider: (signal?: AbortSignal) => get<ProviderLinks>('/api/account/provider', signal),
  linkProvider: (password: string) => send<{ address: string }>('POST', '/api/account/provider', { password }),
  unlinkProvider: () => send<unknown>('DELETE', '/api/account/provider', {}),
  shares: (signal?: AbortSignal) => get<ShareLinksResponse>('/api/share-links', signal),
  makeShare: (link: { title: string; address: string; days: number }) => send<NewShareLink>('POST', '/api/share-links', link),
  revokeShare: (id: string) => send<unknown>('DELETE', `/api/share-links/${encodeURIComponent(id)}`, {}),
  openShare: (key: string) => send<{ address: string }>('POST', '/api/share-links/open', { key }),
  users: (signal?: AbortSignal) => get<Account[]>('/api/users', signal),
  addUser: (user: UserContent & { email: string }) => send<AccountLink>('POST', '/api/users', user),
  changeUser: (id: string, change: Partial<UserContent & { isDisabled: boolean }>) => send<Account>('PATCH', userPath(id), change),
  linkUser: (id: string) => send<AccountLink>('POST', `${userPath(id)}/link`, {}),
  removeUser: (id: string) => send<unknown>('DELETE', userPath(id), {}),
  removeSample: () => send<unknown>('DELETE', '/api/sample', {}),
  connectors: (signal?: AbortSignal) => get<ConnectorForm[]>('/api/connectors', signal),
  connection: (name: string, signal?: AbortSignal) => get<ConnectionDetail>(connectionPath(name), signal),
  connectionProgress: (name: string, signal?: AbortSignal) => get<ProgressResponse>(`${connectionPath(name)}/progress`, signal),
  quarantine: (name: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<QuarantineResponse>(`${connectionPath(name)}/quarantine?${query}`, signal),
  dismissQuarantine: (name: string, which: { id: string } | { code: string } | { all: true }) =>
    send<{ dismissed: number }>('POST', `${connectionPath(name)}/quarantine/dismiss`, which),
  confirmCensus: (name: string, missing: number) => send<ConnectionDetail>('POST', `${connectionPath(name)}/census/confirm`, { missing }),
  testConnection: (asked: ConnectionRequest, lang: string) => send<ConnectionTest>('POST', `/api/connections/test?lang=${lang}`, asked),
  saveConnection: (asked: ConnectionRequest) => send<ConnectionDetail>('POST', '/api/connections', asked),
  changeConnection: (name: string, change: ConnectionChange) => send<ConnectionDetail>('PATCH', connectionPath(name), change),
  previewMeanings: (name: string, statuses: Record<string, string>) =>
    send<MeaningPreview>('POST', `${connectionPath(name)}/preview`, { statuses }),
  syncConnection: (name: string) => send<ConnectionDetail>('POST', `${connectionPath(name)}/sync`, {}),
  retryQuarantine: (name: string) =>
    send<{ tried: number; loaded: number; refused: number }>('POST', `${connectionPath(name)}/quarantine/retry`, {}),
  removeConnection: (name: string, keepsData: boolean) => send<unknown>('DELETE', connectionPath(name), { keepsData }),
  workbench: (signal?: AbortSignal) => get<WorkbenchState>('/api/workbench/state', signal),
  workbenchSchema: (signal?: AbortSignal) => get<WorkbenchSchema>('/api/workbench/schema', signal),
  runQuery: (asked: QueryRunRequest, signal: AbortSignal) => lines<QueryRunMessage>('/api/workbench/runs', { ...posted(asked), signal }),
  cancelQuery: (run: string) => send<unknown>('DELETE', `/api/workbench/runs/${encodeURIComponent(run)}`, {}),
  explainQuery: (asked: QueryRunRequest, signal?: AbortSignal) => ask<ExplainResponse>('/api/workbench/explain', asked, signal),
  queryHistory: (signal?: AbortSignal) => get<QueryHistory>('/api/workbench/history', signal),
  queries: (signal?: AbortSignal) => get<KeptQuery[]>('/api/workbench/queries', signal),
  query: (id: string, signal?: AbortSignal) => get<KeptQuery>(queryPath(id), signal),
  keepQuery: (query: KeptQueryContent) => send<KeptQuery>('POST', '/api/workbench/queries', query),
  changeQuery: (id: string, change: Partial<KeptQueryContent>) => send<KeptQuery>('PATCH', queryPath(id), change),
  removeQuery: (id: string) => send<unknown>('DELETE', queryPath(id), {}),
  exports: (signal?: AbortSignal) => get<ExportsResponse>('/api/exports', signal),
  exportSchedules: (signal?: AbortSignal) => get<ExportSchedule[]>('/api/export-schedules', signal),
  exportRuns: (id: string, signal?: AbortSignal) => get<ExportRun[]>(`${exportSchedulePath(id)}/runs`, signal),
  addExportSchedule: (schedule: ExportScheduleBody) => send<ExportSchedule>('POST', '/api/export-schedules', schedule),
  pauseExportSchedule: (id: string, isPaused: boolean) => send<ExportSchedule>('PATCH', `${exportSchedulePath(id)}/pause`, { isPaused }),
  runExportSchedule: (id: string) => send<ExportSchedule>('POST', `${exportSchedulePath(id)}/run`, {}),
  retryExportRun: (run: string) => send<unknown>('POST', `/api/export-schedules/runs/${encodeURIComponent(run)}/retry`, {}),
  removeExportSchedule: (id: string) => send<unknown>('DELETE', exportSchedulePath(id), {}),
};

export type UserContent = Pick<Account, 'name' | 'role' | 'scope' | 'seesNames'>;

type ConnectionChange = { statuses: Record<string, string> } | { everySeconds: number | null } | { isPaused: boolean };

function personalBoardPath(id: string): string {
  return `/api/personal-boards/${encodeURIComponent(id)}`;
}

interface BeliefWindow {
  person: string;
  board: string;
  from: string;
  to: string;
}

/** What is left out stays as it is; a value as a person of the language writes it. */
interface TargetSetting {
  value?: string;
  from: string;
  by: string;
  note?: string;
  ratchet: Target['ratchet'];
}

function userPath(id: string): string {
  return `/api/users/${encodeURIComponent(id)}`;
}

function handledPath(item: string): string {
  return `/api/watch/${encodeURIComponent(item)}/handled`;
}

function notePath(id: string): string {
  return `/api/notes/${encodeURIComponent(id)}`;
}

function queryPath(id: string): string {
  return `/api/workbench/queries/${encodeURIComponent(id)}`;
}

function exportSchedulePath(id: string): string {
  return `/api/export-schedules/${encodeURIComponent(id)}`;
}

function schedulePath(id: string): string {
  return `/api/schedules/${encodeURIComponent(id)}`;
}

function connectionPath(name: string): string {
  return `/api/connections/${encodeURIComponent(name)}`;
}

function send<T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body: unknown): Promise<T> {
  return request<T>(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/** A question too long for an address; nothing is changed by it. */
function ask<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return request<T>(path, { ...posted(body), ...(signal && { signal }) });
}

function posted(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** Lines of NDJSON as they come. Throws where the answer breaks off within one. */
async function* lines<T>(path: string, asked: RequestInit): AsyncGenerator<T> {
  const response = await answered(path, asked);
  if (!response.ok) throw await refusalOf(response);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const whole = (rest + part.value).split('\n');
    rest = whole.pop() ?? '';
    for (const line of whole) if (line !== '') yield JSON.parse(line) as T;
  }
  if (rest !== '') yield JSON.parse(rest) as T;
}

/** All items of a mark as a file, with these columns. */
export function itemsFileAddress(metric: string, question: string, format: 'csv' | 'arrow', columns: readonly string[]): string {
  const file = new URLSearchParams([...new URLSearchParams(question), ['format', format], ...columns.map((column) => ['column', column])]);
  return `/api/metrics/${encodeURIComponent(metric)}/items/download?${file}`;
}

/** All of the watch list as a file, as it is filtered and sorted. */
export function watchFileAddress(question: URLSearchParams, format: 'csv' | 'arrow'): string {
  const file = new URLSearchParams([...question].filter(([name]) => name !== 'offset' && name !== 'limit'));
  file.set('format', format);
  return `/api/watch/download?${file}`;
}

/** All lines of the audit log that are asked for, as a file. */
export function auditFileAddress(query: URLSearchParams, format: string): string {
  return `/api/audit/download?${new URLSearchParams([...query, ['format', format]])}`;
}

export function reportFileAddress(id: string): string {
  return `/api/reports/${encodeURIComponent(id)}/pdf`;
}

export function exportAddress(view: string, format: ViewFormat, isRaw = false): string {
  return `/api/exports/${encodeURIComponent(view)}?format=${format}${isRaw ? '&raw=1' : ''}`;
}

export function exportedFileAddress(run: string): string {
  return `/api/export-schedules/runs/${encodeURIComponent(run)}/file`;
}

/** The answer of a view or a query as a file, to be read as it comes. */
export async function fileAnswer(asked: string | QueryExportBody, signal: AbortSignal): Promise<Response> {
  const response = await (typeof asked === 'string'
    ? answered(asked, { signal })
    : answered('/api/exports/query', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(asked),
        signal,
      }));
  if (!response.ok) throw await refusalOf(response);
  return response;
}

function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return request<T>(path, { headers: { accept: 'application/json' }, ...(signal && { signal }) });
}

/** The bytes of a file, with the name the server gives it. */
export async function download(path: string): Promise<{ name: string; blob: Blob }> {
  const response = await answered(path, {});
  if (!response.ok) throw await refusalOf(response);
  const [, name = 'throughline'] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
  return { name, blob: await response.blob() };
}

async function request<T>(path: string, options: RequestInit): Promise<T> {
  const response = await answered(path, options);
  if (!response.ok) throw await refusalOf(response);
  return (await response.json().catch(() => null)) as T;
}

async function answered(path: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(path, options);
  } catch (cause) {
    if (options.signal?.aborted) throw cause;
    throw new ApiError(0, '', null);
  }
}

let isLeaving = false;

/** To sign in, and back here; once, and not from where one is to sign in. */
function leaveToSignIn(): void {
  const { pathname, search } = location;
  if (isLeaving || /^\/(sign-in|welcome|share)(\/|$)/.test(pathname)) return;
  isLeaving = true;
  location.assign(`/sign-in?${new URLSearchParams({ next: pathname + search })}`);
}

async function refusalOf(response: Response): Promise<ApiError> {
  if (response.status === 401) leaveToSignIn();
  const told = (await response.json().catch(() => null)) as Partial<ErrorResponse> | null;
  return new ApiError(response.status, told?.message ?? response.statusText, told?.errorId ?? null);
}

/** Types of what travels between server and page, a file each subject. The page imports nothing else of the server. */
export type * from './api/state.js';
export type * from './api/board.js';
export type * from './api/drivers.js';
export type * from './api/items.js';
export type * from './api/today.js';
export type * from './api/quality.js';
export type * from './api/connections.js';
export type * from './api/kept.js';
export type * from './api/personal-boards.js';
export type * from './api/search.js';
export type * from './api/alerts.js';
export type * from './api/targets.js';
export type * from './api/mail.js';
export type * from './api/schedules.js';
export type * from './api/reports.js';
export type * from './api/exports.js';
export type * from './api/error.js';

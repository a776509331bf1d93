import { accountApi } from './api/account';
import { administrationApi } from './api/administration';
import { alertsApi } from './api/alerts';
import { beliefsApi } from './api/beliefs';
import { boardsApi } from './api/boards';
import { connectionsApi } from './api/connections';
import { exportsApi } from './api/exports';
import { itemsApi } from './api/items';
import { notesApi } from './api/notes';
import { openApi } from './api/openapi';
import { personalBoardsApi } from './api/personal-boards';
import { privacyApi } from './api/privacy';
import { qualityApi } from './api/quality';
import { reportsApi } from './api/reports';
import { schedulesApi } from './api/schedules';
import { sharesApi } from './api/shares';
import { signInApi } from './api/sign-in';
import { targetsApi } from './api/targets';
import { todayApi } from './api/today';
import { usersApi } from './api/users';
import { viewsApi } from './api/views';
import { workbenchApi } from './api/workbench';

export { auditFileAddress } from './api/administration';
export { exportAddress, exportedFileAddress, fileAnswer } from './api/exports';
export { itemsFileAddress } from './api/items';
export { reportFileAddress } from './api/reports';
export { ApiError, download } from './api/request';
export { watchFileAddress } from './api/today';
export type { UserContent } from './api/users';

/** All that the page asks of the server, a file each subject in `api/`; `api/request.ts` alone fetches. */
export const api = {
  ...boardsApi,
  ...itemsApi,
  ...todayApi,
  ...notesApi,
  ...beliefsApi,
  ...targetsApi,
  ...alertsApi,
  ...qualityApi,
  ...reportsApi,
  ...viewsApi,
  ...personalBoardsApi,
  ...exportsApi,
  ...schedulesApi,
  ...connectionsApi,
  ...workbenchApi,
  ...signInApi,
  ...accountApi,
  ...administrationApi,
  ...usersApi,
  ...privacyApi,
  ...sharesApi,
  ...openApi,
};

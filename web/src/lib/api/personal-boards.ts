import type { PersonalBoard, PersonalBoardResponse, PlacedChart } from '#server/api.js';

import { get, send } from './request';

export const personalBoardsApi = {
  personalBoards: (signal?: AbortSignal) => get<PersonalBoard[]>('/api/personal-boards', signal),
  personalBoard: (id: string, query: URLSearchParams, signal?: AbortSignal) =>
    get<PersonalBoardResponse>(`${personalBoardPath(id)}/charts?${query}`, signal),
  addPersonalBoard: (board: Omit<PersonalBoard, 'id' | 'ownerId' | 'updatedAt'>) =>
    send<PersonalBoard>('POST', '/api/personal-boards', board),
  changePersonalBoard: (id: string, change: { by: string } & Partial<Pick<PersonalBoard, 'title' | 'description' | 'charts'>>) =>
    send<PersonalBoard>('PATCH', personalBoardPath(id), change),
  placeChart: (id: string, placing: PlacedChart & { by: string }) =>
    send<PersonalBoard>('POST', `${personalBoardPath(id)}/charts`, placing),
  copyPersonalBoard: (id: string, copy: { owner: string; title: string }) =>
    send<PersonalBoard>('POST', `${personalBoardPath(id)}/copy`, copy),
  removePersonalBoard: (id: string, by: string) => send<unknown>('DELETE', personalBoardPath(id), { by }),
  restorePersonalBoard: (id: string, by: string) => send<PersonalBoard>('POST', `${personalBoardPath(id)}/restore`, { by }),
};

function personalBoardPath(id: string): string {
  return `/api/personal-boards/${encodeURIComponent(id)}`;
}

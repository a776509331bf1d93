import type { BeliefResponse, BeliefState } from '#server/api.js';

import { get, send } from './request';

export const beliefsApi = {
  belief: (query: URLSearchParams, signal?: AbortSignal) => get<BeliefState>(`/api/beliefs/question?${query}`, signal),
  answerBelief: (said: BeliefWindow & { metric: string; answer: string; lang: string }) =>
    send<BeliefResponse>('POST', '/api/beliefs', said),
  skipBelief: (passed: BeliefWindow) => send<unknown>('POST', '/api/beliefs/skip', passed),
};

interface BeliefWindow {
  person: string;
  board: string;
  from: string;
  to: string;
}

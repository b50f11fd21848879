import { createKeptSignal } from '../shell/kept-signal.ts';

/** What it was kept under when it was one board. */
const ONE_BOARD_KEY = 'trainyard.last-board';
const KEPT = 12;

export interface BoardAddress {
  projectKey: string;
  boardId: string;
}

/** A project this browser showed, with the board of it that was shown last; empty: none yet. */
type Visit = BoardAddress;

const visits = createKeptSignal<readonly Visit[]>('trainyard.recent-projects', read, (kept) =>
  kept.map(({ projectKey, boardId }) => `${projectKey}/${boardId}`).join(' '),
);

function read(kept: string | null): Visit[] {
  const text = kept ?? localStorage.getItem(ONE_BOARD_KEY) ?? '';
  return text.split(' ').flatMap((line) => {
    const [projectKey = '', boardId = ''] = line.split('/');
    return projectKey === '' ? [] : [{ projectKey, boardId }];
  });
}

/** Keys of the projects this browser showed, the last one first. */
export const useRecentProjects = (): readonly string[] => visits.use().map(({ projectKey }) => projectKey);

/** The board this browser showed last; of one project, where it is named. */
export function lastBoard(projectKey?: string): BoardAddress | null {
  return visits.get().find((visit) => visit.boardId !== '' && (projectKey === undefined || visit.projectKey === projectKey)) ?? null;
}

export function rememberProject(projectKey: string): void {
  rememberBoard({ projectKey, boardId: lastBoard(projectKey)?.boardId ?? '' });
}

export function rememberBoard(visit: BoardAddress): void {
  const [first] = visits.get();
  if (first?.projectKey === visit.projectKey && first.boardId === visit.boardId) return;
  visits.set([visit, ...visits.get().filter(({ projectKey }) => projectKey !== visit.projectKey)].slice(0, KEPT));
}

/** A board that is archived or gone is nowhere to begin. */
export function forgetBoard(boardId: string): void {
  if (visits.get().some((visit) => visit.boardId === boardId))
    visits.set(visits.get().map((visit) => (visit.boardId === boardId ? { ...visit, boardId: '' } : visit)));
}

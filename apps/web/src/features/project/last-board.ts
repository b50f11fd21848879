const STORAGE_KEY = 'trainyard.last-board';

export interface BoardAddress {
  projectKey: string;
  boardId: string;
}

/** The board this browser showed last. */
export function lastBoard(): BoardAddress | null {
  const [projectKey, boardId] = (localStorage.getItem(STORAGE_KEY) ?? '').split('/');
  return projectKey && boardId ? { projectKey, boardId } : null;
}

export function rememberBoard({ projectKey, boardId }: BoardAddress): void {
  localStorage.setItem(STORAGE_KEY, `${projectKey}/${boardId}`);
}

/** A board that is archived or gone is nowhere to begin. */
export function forgetBoard(boardId: string): void {
  if (lastBoard()?.boardId === boardId) localStorage.removeItem(STORAGE_KEY);
}

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

export function forgetBoard(): void {
  localStorage.removeItem(STORAGE_KEY);
}

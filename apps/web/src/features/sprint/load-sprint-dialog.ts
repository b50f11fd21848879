/** Its form brings a library that a backlog which is read does not need. */
export const loadSprintDialog = () => import('./SprintDialog.tsx').then(({ SprintDialog }) => ({ default: SprintDialog }));

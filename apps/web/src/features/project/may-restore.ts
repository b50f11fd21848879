import { can, type Actor, type ProjectScope } from '@trainyard/domain';

/** Whether the actor may take back that the project was archived or deleted. */
export const mayRestore = (actor: Actor, scope: ProjectScope): boolean =>
  scope.projectState === 'DELETED' ? can(actor, 'project.undelete', scope) : scope.projectState === 'ARCHIVED' && can(actor, 'project.archive', scope);

import type { ProjectScope } from '@trainyard/domain';

/** A project as `can()` is asked on it. */
export function scopeOf({
  visibility,
  state,
  team,
}: Pick<ProjectScope, 'visibility'> & { state: ProjectScope['projectState']; team: { id: string } }): ProjectScope {
  return { visibility, teamId: team.id, projectState: state };
}

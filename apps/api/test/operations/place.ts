import type { ProjectVisibility } from '@trainyard/domain';
import { buildProject, memberOf } from '../factories/board.ts';
import { buildOrganisation } from '../factories/people.ts';
import type { TestTrainyard } from '../trainyard.ts';
import type { Person } from './actors.ts';
import type { Place } from './case.ts';

/** A project of the team, where everything is made by `maker`. */
export async function buildPlace(trainyard: TestTrainyard, teamId: string, visibility: ProjectVisibility, maker: Person): Promise<Place> {
  const project = await buildProject(trainyard, { visibility, teamId });
  const { user, client } = await memberOf(trainyard, project, 'LEAD');
  return { trainyard, project, visibility, organisationId: await buildOrganisation(trainyard), maker, hand: client, handId: user.id };
}

import { can, ORG_ROLES, PROJECT_STATES, PROJECT_VISIBILITIES, TEAM_ROLES, type Actor } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { buildProject } from '../../test/factories/board.ts';
import { buildTeam } from '../../test/factories/people.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { rows } from '../platform/sql/database.ts';

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

it('who may read a project is the same in SQL and in the table of rights, for all there are', async () => {
  const [teamId, other] = [(await buildTeam(trainyard)).id, (await buildTeam(trainyard)).id];
  const projects = [];
  for (const projectState of PROJECT_STATES)
    for (const visibility of PROJECT_VISIBILITIES)
      projects.push({ id: (await buildProject(trainyard, { teamId, visibility, state: projectState })).id, teamId, visibility, projectState });
  const teams = [{}, ...[teamId, other].flatMap((team) => TEAM_ROLES.map((role) => ({ [team]: role })))];
  const actors: Actor[] = ORG_ROLES.flatMap((orgRole) => teams.map((theirs) => ({ userId: randomUUID(), orgRole, teams: theirs, scopes: null })));
  for (const actor of actors) {
    const found = await rows<{ id: string }>(trainyard.database.direct, `SELECT p.id FROM project p WHERE ${READABLE_PROJECT(1)}`, readableBy(actor));
    const readable = projects.filter((project) => can(actor, 'project.read', project)).map(({ id }) => id);
    expect({ actor, ids: found.map(({ id }) => id).toSorted() }).toEqual({ actor, ids: readable.toSorted() });
  }
});

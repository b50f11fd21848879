import { normalForm, peopleNamedIn, type ColumnCategory, type NamesNow, type RuleAction, type RuleWorld, type Trigger } from '@trainyard/domain';
import { isId } from '../platform/input.ts';
import { row, rows, type Tx } from '../platform/sql/database.ts';

/** What rules of a project name, and what the words of a condition are compared with. */
export interface ProjectWorld extends RuleWorld {
  project: NamesNow['project'] & { timeZone: string };
  columns: ReadonlyMap<string, { name: string; board: string; boardId: string; category: ColumnCategory }>;
  allSprints: ReadonlyMap<string, string>;
}

type Named = { id: string; name: string };
const byId = <Thing extends { id: string }>(found: readonly Thing[]): ReadonlyMap<string, Thing> => new Map(found.map((one) => [one.id, one]));
const namesById = (found: readonly Named[]): ReadonlyMap<string, string> => new Map(found.map(({ id, name }) => [id, name]));

type Naming = readonly { trigger: Trigger; condition: string; actions: readonly RuleAction[] }[];

/** @param rules that it is read for: of people only whom they name @param people also those who are disabled: who is named in the past */
export async function worldOf(tx: Tx, projectId: string, rules: Naming, people: 'THERE' | 'ALL' = 'THERE'): Promise<ProjectWorld> {
  const named = peopleNamedIn(rules);
  const [project, columns, boards, labels, sprints, persons] = await Promise.all([
    row<NamesNow['project'] & { timeZone: string }>(
      tx,
      'SELECT p.id, p.key, p.name, p.archived_at IS NOT NULL AS archived, p.time_zone AS "timeZone" FROM project p WHERE p.id = $1',
      [projectId],
    ),
    rows<Named & { board: string; boardId: string; category: ColumnCategory }>(
      tx,
      'SELECT c.id, c.name, c.category, b.id AS "boardId", b.name AS board FROM board_column c JOIN board b ON b.id = c.board_id WHERE b.project_id = $1',
      [projectId],
    ),
    rows<Named>(tx, 'SELECT b.id, b.name FROM board b WHERE b.project_id = $1', [projectId]),
    rows<Named>(tx, 'SELECT l.id, l.name FROM label l WHERE l.project_id = $1', [projectId]),
    rows<Named & { open: boolean }>(tx, `SELECT s.id, s.name, s.state <> 'CLOSED' AS open FROM sprint s WHERE s.project_id = $1`, [projectId]),
    named.length === 0
      ? []
      : rows<Named>(tx, 'SELECT u.id, u.name FROM app_user u WHERE ($1 OR NOT u.disabled) AND (u.id = ANY ($2::uuid[]) OR u.name_key = ANY ($3::text[]))', [
          people === 'ALL',
          named.filter(isId),
          named.map(normalForm),
        ]),
  ]);
  if (!project) throw new Error(`no project ${projectId}`);
  return {
    project,
    columns: byId(columns),
    boards: namesById(boards),
    labels: namesById(labels),
    sprints: namesById(sprints.filter(({ open }) => open)),
    allSprints: namesById(sprints),
    people: namesById(persons),
  };
}

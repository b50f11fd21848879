import {
  areInOrder,
  DEVICE_HOURS_MAX,
  INITIAL_VALUES,
  isDay,
  isDeviceHours,
  isPoints,
  LABELS_EACH_TICKET,
  POINTS_MAX,
  SET_FIELDS,
  TICKET_DESCRIPTION_MAX,
  TICKET_TITLE_MAX,
  titleOf,
  type PlannedDays,
  type ProjectScope,
  type SetField,
  type TicketValues,
} from '@trainyard/domain';
import { CURRENT_MEMBER } from '../access/current-membership.ts';
import { DomainError } from '../platform/domain-error.ts';
import { line, text } from '../platform/input.ts';
import { rows, type Tx } from '../platform/sql/database.ts';

/** What an input may say of each value: null takes it away where a ticket may be without, and else says nothing. */
type Given = { [As in keyof TicketValues]?: TicketValues[As] | null };
type Check<Kind> = (field: string, value: NonNullable<TicketValues[Extract<SetField, { kind: Kind }>['as']]>) => unknown;

/** A value as it is kept; one that is not possible is refused. */
const CHECKS: { readonly [Kind in SetField['kind']]: Check<Kind> } = {
  TITLE: (field, value) => line(field, titleOf(value), TICKET_TITLE_MAX),
  MARKDOWN: (field, value) => text(field, value, TICKET_DESCRIPTION_MAX, { empty: true, trim: false }),
  // GraphQL knows the words, checkReferences the people and labels, and checkFamilies parents.
  WORD: (_field, value) => value,
  PERSON: (_field, value) => value,
  PARENT: (_field, value) => value,
  POINTS: (field, value) => {
    if (!isPoints(value)) throw new DomainError('BAD_INPUT', { field, min: 0, max: POINTS_MAX, step: 0.5 });
    return value;
  },
  HOURS: (field, value) => {
    if (!isDeviceHours(value)) throw new DomainError('BAD_INPUT', { field, min: 0, max: DEVICE_HOURS_MAX, step: 0.25 });
    return value;
  },
  DAY: (field, value) => {
    if (!isDay(value)) throw new DomainError('BAD_INPUT', { field, reason: 'NOT_A_DAY' });
    return value;
  },
  LABELS: (_field, value) => [...new Set(value)],
};

/** The values that an input names. */
export function valuesIn(input: Given): Partial<TicketValues> {
  const values: Partial<Record<keyof TicketValues, unknown>> = {};
  for (const { as, kind, initial } of SET_FIELDS) {
    const value = input[as];
    if (value === undefined || (value === null && initial !== null)) continue;
    values[as] = value === null ? null : (CHECKS[kind] as (field: string, value: unknown) => unknown)(as, value);
  }
  return values as Partial<TicketValues>;
}

/** The values of a new ticket. */
export function newValues(input: Given & Pick<TicketValues, 'title' | 'type'>): TicketValues {
  const values = { ...INITIAL_VALUES, ...valuesIn(input) } as TicketValues;
  checkDays({ startDate: null, dueDate: null }, values);
  return values;
}

/** What a ticket becomes is not due before it begins. */
export function checkDays(before: PlannedDays, { startDate = before.startDate, dueDate = before.dueDate }: Partial<PlannedDays>): void {
  if (areInOrder({ startDate, dueDate })) return;
  // What is being changed is what has to be said anew.
  const field = dueDate === before.dueDate ? 'startDate' : 'dueDate';
  throw new DomainError('BAD_INPUT', { field, reason: 'DUE_BEFORE_START' }, 'The ticket would be due before it begins.');
}

type InProject = ProjectScope & { projectId: string };

/** An assignee must be able to read the project, and labels must be the project's, which those it `carries` are. */
export async function checkReferences(
  tx: Tx,
  project: InProject,
  fields: { assigneeId?: string | null | undefined; labelIds?: readonly string[] | undefined },
  carries: readonly string[] = [],
): Promise<void> {
  await checkAssignees(tx, project, fields.assigneeId ? [fields.assigneeId] : []);
  checkLabelCount(fields.labelIds);
  await holdLabels(tx, project, fields.labelIds?.filter((id) => !carries.includes(id)) ?? []);
}

/** Whoever is to do something in the project must be able to read it. */
export async function checkAssignees(tx: Tx, project: InProject, ids: readonly string[]): Promise<void> {
  const readers = await readersAmong(tx, project, ids);
  if (ids.some((id) => !readers.has(id)))
    throw new DomainError('BAD_INPUT', { field: 'assigneeId', reason: 'UNKNOWN' }, 'The assignee is not somebody who can read this project.');
}

/** Those of these people who can read the project. */
export async function readersAmong(tx: Tx, project: InProject, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const people = [...new Set(ids)];
  if (people.length === 0) return new Set();
  const found = await rows<{ id: string }>(
    tx,
    /* sql */ `SELECT u.id FROM app_user u WHERE u.id = ANY ($1::uuid[]) AND NOT u.disabled
      AND ($2 = 'OPEN' OR u.org_role IN ('OWNER', 'ADMIN') OR EXISTS (${CURRENT_MEMBER('$3::uuid', 'u.id')}))`,
    [people, project.visibility, project.teamId],
  );
  return new Set(found.map(({ id }) => id));
}

export function checkLabelCount(labelIds: readonly string[] | undefined): void {
  if (labelIds && labelIds.length > LABELS_EACH_TICKET) throw new DomainError('BAD_INPUT', { field: 'labelIds', reason: 'TOO_MANY', max: LABELS_EACH_TICKET });
}

/**
 * Labels that come to tickets must be the project's. They are held until the tickets are written: a label that is being deleted is found on
 * them, or is not put on them. Only those that are new to a ticket: whoever deletes another of its labels waits for the ticket, and must not
 * be waited for.
 */
export async function holdLabels(tx: Tx, project: InProject, ids: readonly string[]): Promise<void> {
  const held = await holdLabelsAmong(tx, project, ids);
  if (ids.some((id) => !held.has(id))) throw new DomainError('BAD_INPUT', { field: 'labelIds', reason: 'UNKNOWN' }, 'A label is not one of this project.');
}

/** Holds those of these labels that are the project's, and answers them. */
export async function holdLabelsAmong(tx: Tx, { projectId }: InProject, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const added = [...new Set(ids)];
  if (added.length === 0) return new Set();
  const found = await rows<{ id: string }>(tx, 'SELECT id FROM label WHERE project_id = $1 AND id = ANY ($2::uuid[]) FOR KEY SHARE', [projectId, added]);
  return new Set(found.map(({ id }) => id));
}

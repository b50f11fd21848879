import { Injectable } from '@nestjs/common';
import { normalForm, VIEW_FIELDS, VIEW_NAME_MAX, VIEWS_EACH, VIEWS_SHARED, type Actor, type ProjectScope, type ViewList } from '@trainyard/domain';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { demand, demandProject, PROJECT_SCOPE, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { line } from '../platform/input.ts';
import { queryOf } from '../platform/lists/reading.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import type { CreateSavedViewInput, SavedViewType, UpdateSavedViewInput, ViewRow } from './view.types.ts';

const VIEW = /* sql */ `v.id, v.list, v.project_id AS "projectId", v.name, v.query, v.shared, v.owner_id AS "ownerId", v.version`;
/** Private views are their owner's; those of a project are for its readers alone. Parameters: the caller, and `readableBy`. */
const READABLE = (first: number): string =>
  `(v.shared OR v.owner_id = $${first}) AND (v.project_id IS NULL OR EXISTS (SELECT FROM project p WHERE p.id = v.project_id AND ${READABLE_PROJECT(first + 1)}))`;
const reader = (actor: Actor): unknown[] => [actor.userId, ...readableBy(actor)];

/** What a view is kept in: a project, or null, the organisation. */
type Place = ProjectScope | null;

/** Queries of lists, kept under a name. */
@Injectable()
export class ViewService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  async views(actor: Actor, list: ViewList, projectId: string | null): Promise<SavedViewType[]> {
    const { direct } = this.database;
    if (projectId === null) demand(actor, 'organisation.read');
    else demandProject(actor, 'project.read', await row<ProjectScope>(direct, `SELECT ${PROJECT_SCOPE} FROM project p WHERE p.id = $1`, [projectId]));
    return rows(
      direct,
      `SELECT ${VIEW} FROM saved_view v WHERE v.list = $4 AND v.project_id IS NOT DISTINCT FROM $5 AND ${READABLE(1)} ORDER BY v.name_key, v.id`,
      [...reader(actor), list, projectId],
    );
  }

  async create(actor: Actor, input: CreateSavedViewInput): Promise<SavedViewType> {
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'VIEW', input.id);
      const { list } = input;
      const shared = input.shared ?? false;
      const projectId = input.projectId ?? null;
      const place = await lockPlace(tx, projectId);
      const ownerId = actor.userId;
      if (shared) demandShare(actor, place);
      else demandKeep(actor, place, ownerId);
      if (projectId !== null && list === 'PEOPLE') throw new DomainError('BAD_INPUT', { field: 'projectId', reason: 'NOT_OF_LIST' });
      const content = { list, projectId, name: line('name', input.name, VIEW_NAME_MAX), query: checkedQuery(list, input.query), shared };
      const { id, before } = await creation.find(content, (one) => readView(tx, actor, one));
      if (before) return before;
      const view = { ...content, id, ownerId, version: 1 };
      await this.demandRoom(tx, view, 'owner');
      if (shared) await this.demandRoom(tx, view, 'shared');
      await tx.query('INSERT INTO saved_view (id, owner_id, list, project_id, name, name_key, query, shared) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
        id,
        ownerId,
        list,
        projectId,
        view.name,
        normalForm(view.name),
        view.query,
        shared,
      ]);
      await this.tell(tx, actor, 'CREATED', view, shared);
      return view;
    });
  }

  async update(actor: Actor, id: string, version: number, input: UpdateSavedViewInput): Promise<SavedViewType> {
    return this.database.transaction(async (tx) => {
      const { place, view: before } = await lockView(tx, actor, id);
      const isShared = input.shared === true && !before.shared;
      if (isShared) demandShare(actor, place);
      sameVersion(before, version);
      const after = {
        name: input.name == null ? before.name : line('name', input.name, VIEW_NAME_MAX),
        // What is not said anew stays, even where the list understands it no more.
        query: input.query == null ? before.query : checkedQuery(before.list, input.query),
        shared: input.shared ?? before.shared,
      };
      if (after.name === before.name && after.query === before.query && after.shared === before.shared) return before;
      if (isShared) await this.demandRoom(tx, before, 'shared');
      await tx.query('UPDATE saved_view SET name = $2, name_key = $3, query = $4, shared = $5, version = version + 1 WHERE id = $1', [
        id,
        after.name,
        normalForm(after.name),
        after.query,
        after.shared,
      ]);
      const view = { ...before, ...after, version: version + 1 };
      await this.tell(tx, actor, 'UPDATED', view, before.shared || after.shared);
      return view;
    });
  }

  async delete(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { view } = await lockView(tx, actor, id);
      sameVersion(view, version);
      await tx.query('DELETE FROM saved_view WHERE id = $1', [id]);
      await this.tell(tx, actor, 'DELETED', view, view.shared);
    });
  }

  /** Whether there is room for one more: of this owner, or of those that are shared. The place is locked, so that no two take the last one. */
  private async demandRoom(tx: Tx, { list, projectId, ownerId }: ViewRow, among: 'owner' | 'shared'): Promise<void> {
    const held = await row<{ count: number }>(
      tx,
      `SELECT count(*)::int AS count FROM saved_view v
       WHERE v.list = $1 AND v.project_id IS NOT DISTINCT FROM $2 AND CASE WHEN $3 = 'owner' THEN v.owner_id = $4 ELSE v.shared END`,
      [list, projectId, among, ownerId],
    );
    const max = among === 'owner' ? VIEWS_EACH : VIEWS_SHARED;
    if ((held?.count ?? 0) >= max) throw new DomainError('BAD_INPUT', { field: among === 'owner' ? 'list' : 'shared', reason: 'TOO_MANY', max });
  }

  /** The log of a project is for its readers, who must not know of private views: the audit trail has all of them, and the words only of shared ones. */
  private async tell(tx: Tx, actor: Actor, change: 'CREATED' | 'UPDATED' | 'DELETED', view: ViewRow, isPublic: boolean): Promise<void> {
    const { id, list, projectId, name, query, shared, ownerId } = view;
    await this.audit.by(tx, actor, {
      kind: 'VIEW_CHANGED',
      subjectId: id,
      details: { change, list, project: projectId, owner: ownerId, shared, ...(isPublic && { name, query }) },
    });
  }
}

/** The place of a view, held until the transaction ends. NOT_FOUND follows where there is no such project. */
async function lockPlace(tx: Tx, projectId: string | null): Promise<Place> {
  if (projectId === null) {
    await tx.query('SELECT id FROM organisation FOR NO KEY UPDATE');
    return null;
  }
  const place = await row<ProjectScope>(tx, `SELECT ${PROJECT_SCOPE} FROM project p WHERE p.id = $1 FOR NO KEY UPDATE`, [projectId]);
  if (!place) throw new DomainError('NOT_FOUND');
  return place;
}

/** A view that the actor may change, with its place: held in this order by all. */
async function lockView(tx: Tx, actor: Actor, id: string): Promise<{ place: Place; view: ViewRow }> {
  const seen = await readView(tx, actor, id);
  if (!seen) throw new DomainError('NOT_FOUND');
  const place = await lockPlace(tx, seen.projectId);
  const view = await row<ViewRow>(tx, `SELECT ${VIEW} FROM saved_view v WHERE v.id = $4 AND ${READABLE(1)} FOR UPDATE OF v`, [...reader(actor), id]);
  if (!view) throw new DomainError('NOT_FOUND');
  if (view.shared) demandManage(actor, place, view.ownerId);
  else demandKeep(actor, place, view.ownerId);
  return { place, view };
}

/** Null where there is none that the actor may read. */
const readView = (tx: Tx, actor: Actor, id: string): Promise<ViewRow | null> =>
  row(tx, `SELECT ${VIEW} FROM saved_view v WHERE v.id = $4 AND ${READABLE(1)}`, [...reader(actor), id]);

const demandKeep = (actor: Actor, place: Place, ownerId: string): unknown =>
  place ? demandProject(actor, 'view.keep', { ...place, ownerId }) : demand(actor, 'organisationView.keep', { ownerId });
const demandShare = (actor: Actor, place: Place): unknown => (place ? demandProject(actor, 'view.share', place) : demand(actor, 'organisationView.share'));
const demandManage = (actor: Actor, place: Place, ownerId: string): unknown =>
  place ? demandProject(actor, 'view.manage', { ...place, ownerId }) : demand(actor, 'organisationView.manage', { ownerId });

/** The text of a query that the list understands. */
function checkedQuery(list: ViewList, query: string): string {
  queryOf({ fields: VIEW_FIELDS[list] }, query);
  return query;
}

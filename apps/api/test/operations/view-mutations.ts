import { randomUUID } from 'node:crypto';
import type { MutationCase, Place } from './case.ts';
import { buildThing } from './things.ts';

const HIDDEN = { unlogged: 'private views are nothing that readers of the log may know of: the audit trail tells of all' };
const saved = (place: object = {}): { input: object } => ({ input: { list: 'TICKETS', name: 'Mine', query: 'assignee:me', shared: false, ...place } });
const ownView = (at: Place, asker?: { actor: { userId: string } | null }): Promise<string> | string =>
  asker?.actor ? buildThing.view({ ownerId: asker.actor.userId })(at) : randomUUID();
const inProject = (at: Place): Promise<string> => buildThing.view({ ownerId: at.maker.userId, projectId: at.project.id, shared: true })(at);
const forAll = (at: Place): Promise<string> => buildThing.view({ ownerId: at.maker.userId, shared: true })(at);

/** Saved views. */
export const VIEW_MUTATIONS: Record<string, MutationCase | MutationCase[]> = {
  createSavedView: [
    { demands: ['organisationView.keep'], on: 'SELF', unversioned: 'it makes something new', try: () => saved(), logs: HIDDEN },
    { demands: ['organisationView.share'], on: 'ORGANISATION', unversioned: 'it makes something new', try: () => saved({ shared: true }), logs: HIDDEN },
    {
      demands: ['view.share'],
      on: 'PROJECT',
      unversioned: 'it makes something new',
      try: (at) => saved({ shared: true, projectId: at.project.id }),
      logs: HIDDEN,
    },
  ],
  updateSavedView: [
    {
      demands: ['organisationView.keep'],
      on: 'SELF',
      try: async (at, asker) => ({ id: await ownView(at, asker), version: 1, input: { name: 'Other' } }),
      logs: HIDDEN,
    },
    { demands: ['organisationView.manage'], on: 'ORGANISATION', try: async (at) => ({ id: await forAll(at), version: 1, input: { query: '' } }), logs: HIDDEN },
    { demands: ['view.manage'], on: 'PROJECT', try: async (at) => ({ id: await inProject(at), version: 1, input: { name: 'Other' } }), logs: HIDDEN },
  ],
  deleteSavedView: [
    { demands: ['organisationView.keep'], on: 'SELF', try: async (at, asker) => ({ id: await ownView(at, asker), version: 1 }), logs: HIDDEN },
    { demands: ['organisationView.manage'], on: 'ORGANISATION', try: async (at) => ({ id: await forAll(at), version: 1 }), logs: HIDDEN },
    { demands: ['view.manage'], on: 'PROJECT', try: async (at) => ({ id: await inProject(at), version: 1 }), logs: HIDDEN },
  ],
};

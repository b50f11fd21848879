import type { Case } from './case.ts';
import { buildThing } from './things.ts';

/** Every subscription, and what it demands. */
export const SUBSCRIPTIONS: Record<string, Case> = {
  projectEvents: {
    demands: ['project.read'],
    on: 'PROJECT',
    // From before all there is: something comes at once.
    try: (at) => ({ projectId: at.project.id, since: 0 }),
  },
  runCards: {
    demands: ['project.read'],
    on: 'PROJECT',
    try: async (at) => {
      await buildThing.run(at);
      return { projectId: at.project.id };
    },
  },
  runProgress: { demands: ['project.read'], on: 'PROJECT', try: async (at) => ({ runId: await buildThing.run(at) }) },
  workNews: { demands: ['organisation.read'], on: 'ORGANISATION', try: () => ({}) },
};

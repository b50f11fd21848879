import type { MutationCase } from './case.ts';

/** One's own home page. */
export const HOME_MUTATIONS: Record<string, MutationCase> = {
  updateHome: {
    demands: ['profile.change'],
    on: 'SELF',
    unversioned: 'each field by itself: the last word is what one wants',
    try: () => ({ input: { fold: 'WEEK' } }),
    logs: { unlogged: 'how somebody looks at their page concerns nobody else' },
  },
};

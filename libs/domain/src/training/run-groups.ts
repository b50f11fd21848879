/** What runs are grouped by. */
export const RUN_GROUPS = ['DATASET', 'TEMPLATE', 'TICKET'] as const;
export type RunGroupField = (typeof RUN_GROUPS)[number];
/** Groups that are told; whoever has more asks for fewer runs. */
export const RUN_GROUPS_MAX = 200;

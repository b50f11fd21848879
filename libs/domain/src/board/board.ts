export const BOARD_KINDS = ['SCRUM', 'KANBAN'] as const;
export type BoardKind = (typeof BOARD_KINDS)[number];

/** What a column means for flow: where work waits, is under way, is finished. */
export const COLUMN_CATEGORIES = ['TODO', 'DOING', 'DONE'] as const;
export type ColumnCategory = (typeof COLUMN_CATEGORIES)[number];

/** WARN tints the column over its limit; REFUSE turns the move away. */
export const WIP_POLICIES = ['WARN', 'REFUSE'] as const;
export type WipPolicy = (typeof WIP_POLICIES)[number];

export const COLUMN_NAME_MAX = 60;
/** Cards that a column may be limited to. */
export const WIP_LIMIT_MAX = 100_000;
/** Enough for any process; a board is shown whole. */
export const COLUMNS_MAX = 30;

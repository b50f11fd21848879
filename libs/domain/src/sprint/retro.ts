/** What a note of a retrospective speaks of. */
export const RETRO_KINDS = ['WELL', 'BADLY', 'IDEA'] as const;
export type RetroKind = (typeof RETRO_KINDS)[number];

export const RETRO_NOTE_MAX = 500;
/** Notes of one sprint. */
export const RETRO_NOTES_MAX = 500;
/** Votes that each has in the retrospective of a sprint. */
export const VOTES_EACH = 3;
/** Tickets that come of one. */
export const RETRO_ACTIONS_MAX = 50;

/** Held by whoever changes the schema: one at a time, however many start together. */
export const MIGRATION_LOCK = 7261;

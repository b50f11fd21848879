/**
 * Each number is held for one thing: who takes it for two waits for itself. 7263 is taken too, by the start that uses a database of
 * DATABASE_URL for as long as it runs (infra/local/database-watch.ts).
 */
export const ADVISORY_LOCKS = {
  /** Held by whoever changes the schema: one at a time, however many start together. */
  migration: 7261,
  /** Held by whoever deletes stored bytes, and shared by all who need that none are deleted. */
  blobSweep: 7262,
  /** Its first half: held, with the hash of a key as the second, by whoever writes effective rows of that key. */
  effectiveRows: 7264,
  /** Held by whoever links tickets that block each other: two that each close no ring may close one together. */
  ticketLinks: 7265,
} as const;

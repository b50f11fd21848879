// What is written of subjects by the rooms whose nouns they are, in their own statements.

/** Makes a thing a subject: before it or in the same statement, for the thing refers to it. All are SQL. */
export const insertSubject = (id: string, kind: string, from: string): string => `INSERT INTO subject (id, kind) SELECT ${id}, ${kind} FROM ${from}`;

/** Deletes what subjects have, a piece of $2 rows at a time, until nothing is left. @param ids a SELECT of the subjects, which may use $1 */
export const ERASE_CONTENTS = (ids: string): string[] => [
  `DELETE FROM attachment WHERE id IN (SELECT id FROM attachment WHERE subject_id IN (${ids}) LIMIT $2) RETURNING id`,
  `DELETE FROM comment WHERE id IN (SELECT id FROM comment WHERE subject_id IN (${ids}) LIMIT $2) RETURNING id`,
];

/** Things that are deleted in the same statement are no subjects any more. */
export const eraseSubjects = (ids: string): string => `DELETE FROM subject WHERE id IN (${ids}) RETURNING id`;

const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * The form in which two texts are the same name, address or word: compatibility forms, case and invisible characters make no
 * difference (Unicode's NFKC with case folding; `ı` counts as `i`, because it looks like one).
 *
 * Case is folded here and nowhere else. Two programs fold it differently (JavaScript makes two characters of `İ`, PostgreSQL
 * one, and under another locale none), so a check that folds on both sides can be passed by what the two disagree on. What is
 * compared in the database is stored in this form (`email_key`, `name_key`), computed by this function.
 */
export function normalForm(text: string): string {
  // Twice: folding some characters gives others that fold further.
  return folded(folded(text)).trim();
}

/** Character by character: JavaScript's own lower case looks at the neighbours of a sigma. */
function folded(text: string): string {
  return Array.from(text.normalize('NFKC').replace(UNSEEN, ''), (character) => character.toUpperCase().toLowerCase())
    .join('')
    .normalize('NFKC');
}

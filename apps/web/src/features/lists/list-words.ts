/** How the reader's language calls the fields of a list and their words: said by the page, for a list knows no noun. */
export interface ListWords {
  field: (name: string) => string;
  word: (field: string, word: string) => string;
}

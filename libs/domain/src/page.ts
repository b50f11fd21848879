/** The most that one page of a list holds. */
export const PAGE_MAX = 100;

/** Colours a label may take: names, so that each theme chooses its own shade. */
export const LABEL_COLORS = ['GRAY', 'RED', 'ORANGE', 'YELLOW', 'GREEN', 'TEAL', 'BLUE', 'PURPLE', 'PINK'] as const;
export type LabelColor = (typeof LABEL_COLORS)[number];

export const PROJECT_NAME_MAX = 120;
export const PROJECT_DESCRIPTION_MAX = 50_000;
export const LABEL_NAME_MAX = 40;
export const LABELS_EACH_PROJECT = 200;

/** Two to ten capitals or digits, beginning with a letter: NLP, DC2. */
export const PROJECT_KEY_PATTERN = /^[A-Z][A-Z0-9]{1,9}$/;

/** Days between deleting a project and erasing it. */
export const PROJECT_WAITING_DAYS = 14;

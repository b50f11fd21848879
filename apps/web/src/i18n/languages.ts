import type { Language } from '@trainyard/domain';

export const DEFAULT_NAMESPACE = 'shell';

/** The texts of a room: a chunk a language. All languages say what English does. */
export type Texts<English = object> = (language: Language) => Promise<{ default: English }>;

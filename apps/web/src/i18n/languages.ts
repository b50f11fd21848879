import type access from './en/access.json';
import type board from './en/board.json';
import type dataset from './en/dataset.json';
import type errors from './en/errors.json';
import type project from './en/project.json';
import type runner from './en/runner.json';
import type shell from './en/shell.json';
import type staffing from './en/staffing.json';
import type training from './en/training.json';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', zh: '简体中文' };

export const NAMESPACES = ['shell', 'access', 'staffing', 'project', 'board', 'training', 'dataset', 'runner', 'errors'] as const;
export const DEFAULT_NAMESPACE = 'shell';

/** What `t` checks its keys against: English. A test keeps Chinese in step. */
export interface Resources {
  access: typeof access;
  board: typeof board;
  dataset: typeof dataset;
  errors: typeof errors;
  project: typeof project;
  runner: typeof runner;
  shell: typeof shell;
  staffing: typeof staffing;
  training: typeof training;
}

export function languageOf(tag: string): Language {
  return /^zh/i.test(tag) ? 'zh' : 'en';
}

/** As the account keeps it. */
export const localeOf = (language: Language): 'EN' | 'ZH' => (language === 'zh' ? 'ZH' : 'EN');

import type { ErrorParams } from './result.ts';

/** A line without the blanks at its ends: a frame of a stack, the caret that Node prints below a line of source, or where that stands. */
const FRAME = /^(at .*(:\d+:\d+\)?|\(native\)|<anonymous>\)?)|\^+|(file:\/\/|node:|\/)\S+:\d+|Node\.js v\d.*)$/;
/**
 * An absolute path of at least two folders, on either kind of system, and as a URL of a file. Names are of any script; where the first one
 * is, a letter before its slash says that these are words, as in `男/女/其他`.
 */
const PATH =
  /(file:\/\/)?((?<![\w.~-])(\/[\w.@+~-]+|[A-Za-z]:\\[\p{L}\p{M}\p{N}_.@+~ -]+)|(?<![\p{L}\p{M}\p{N}])\/[\p{L}\p{M}\p{N}_.@+~-]+)([/\\][\p{L}\p{M}\p{N}_.@+~-]+)+/gu;

/**
 * Words of a program that went wrong, for somebody who may not look into the machine it ran on: without the frames of a stack, and with
 * the last name of a path instead of the whole.
 */
export function withoutTrace(words: string): string {
  const told = words.split('\n').filter((line) => !FRAME.test(line.trim()));
  return told
    .join('\n')
    .replace(PATH, (path) => `…/${path.split(/[/\\]/).at(-1)}`)
    .trim();
}

/** The same for the facts of an error. A path that the asker gave says nothing new and stays. */
export function paramsWithoutTrace(params: ErrorParams): ErrorParams {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' && name !== 'path' ? withoutTrace(value) : value]));
}

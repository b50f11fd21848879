import { readFileSync } from 'node:fs';
import { LOG_REASONS, type LogReason } from '@trainyard/domain';
import { WORDS } from './log-lines.ts';

type Texts = Record<LogReason, string>;
const screen = (language: string): Texts => {
  const file = new URL(`../../../web/src/features/training/i18n/${language}.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { logLine: Texts }).logLine;
};
const english = screen('en');
const chinese = screen('zh');

/** A text with every fact as its bare name: how a language writes a number is its own affair. */
const bare = (text: string) => text.replace(/\{\{(\w+)[^}]*\}\}/g, '{{$1}}');
const factsIn = (text: string) => [...new Set(bare(text).match(/\{\{\w+\}\}/g))].sort();
/** Each fact has its name as its value. */
const names = new Proxy({}, { get: (_, name) => `{{${String(name)}}}` }) as never;

describe('a line of the log', () => {
  it.each(LOG_REASONS)('%s says on an English screen what the runner says, and the same facts on a Chinese one', (reason) => {
    const said = WORDS[reason](names);
    expect(bare(english[reason])).toBe(said);
    expect(factsIn(chinese[reason])).toEqual(factsIn(said));
  });

  it('is said by screens for no reason that a runner does not have', () => {
    for (const texts of [english, chinese]) expect(Object.keys(texts).sort()).toEqual([...LOG_REASONS].sort());
  });
});

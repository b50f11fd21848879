import { TICKET_FIELDS } from '@trainyard/domain';
import { suggestionsAt, withChoice, type Suggestion } from './suggestions.ts';

const NAMES = { assignee: ['Bo Larsen', 'Wei'], label: ['data quality'] };
const LABELS: Record<string, string> = { state: '状态', DONE: '已完成' };
const at = (text: string) => suggestionsAt(text, text.length, TICKET_FIELDS, NAMES, ({ word, field }: Suggestion) => LABELS[word ?? field] ?? '');
const textsAt = (text: string): string[] => at(text).choices.map((choice) => choice.text);
const chosen = (text: string, choice: string): string => {
  const found = at(text);
  const wanted = found.choices.find((each) => each.text === choice);
  if (!wanted) throw new Error(`${choice} is not among ${found.choices.map((each) => each.text).join(' ')}`);
  return withChoice(text, found, wanted).text;
};

describe('what may be typed', () => {
  it.each([
    ['', 'key:'],
    ['assignee:me ', 'key:'],
    ['sta', 'state:'],
    ['-sta', 'state:'],
    ['状', 'state:'],
    ['state:', 'open'],
    ['state:in', 'in_progress'],
    ['state:open,', 'open'],
    ['state:已', 'done'],
    ['State:do', 'done'],
    ['assignee:', 'me'],
    ['assignee:lar', '"Bo Larsen"'],
    ['assignee:"bo l', '"Bo Larsen"'],
    ['label:', '"data quality"'],
    ['sort:-up', '-updated'],
    ['updated:', 'today'],
  ])('after "%s" begins with %s', (text, first) => {
    expect(textsAt(text)[0]).toBe(first);
  });

  it.each([['"sta'], ['nothing-such:'], ['state:open']])('after "%s" is nothing more', (text) => {
    expect(textsAt(text).filter((choice) => choice !== at(text).typed)).toEqual([]);
  });

  it('takes the place of what was typed, and a value is followed by a space', () => {
    expect(chosen('fix -sta', 'state:')).toBe('fix -state:');
    expect(chosen('state:in', 'in_progress')).toBe('state:in_progress ');
    expect(chosen('assignee:"bo l', '"Bo Larsen"')).toBe('assignee:"Bo Larsen" ');
    expect(chosen('state:open,do', 'done')).toBe('state:open,done ');
  });
});

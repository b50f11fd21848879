import type { TFunction } from 'i18next';
import { formatOf } from '../../../i18n/useFormat.ts';
import { cardWords } from './card-words.ts';

/** Says what it was asked for, and counts how often. */
function speaker() {
  const asked: string[] = [];
  const t = (key: string, facts: Record<string, unknown> = {}): string => {
    asked.push(key);
    if (key === 'ticket:card.blocked') return `Blocked by ${String(facts['value'])}`;
    return key === 'card.menu' ? `Actions for ${String(facts['key'])}, please` : `${key} ${Object.values(facts).join()}`;
  };
  return { t: t as unknown as TFunction<['board', 'ticket']>, asked };
}

describe('cardWords', () => {
  it('says every sentence with its own fact', () => {
    const words = cardWords(speaker().t, formatOf('en'));
    expect(words.menu('NLP-1')).toBe('Actions for NLP-1, please');
    expect(words.menu('NLP-$&')).toBe('Actions for NLP-$&, please');
    expect([words.fact.points(3), words.fact.points(5), words.fact.points(3)]).toEqual([
      'ticket:card.points 3',
      'ticket:card.points 5',
      'ticket:card.points 3',
    ]);
    expect(words.fact.assignee('Ada')).toBe('ticket:card.assignee Ada');
    expect(words.blocked('NLP-2, NLP-3')).toBe('Blocked by NLP-2, NLP-3');
    expect(words.type.BUG).toBe('ticket:type.BUG ');
  });

  it('looks nothing up twice, and no key at all', () => {
    const { t, asked } = speaker();
    const words = cardWords(t, formatOf('en'));
    const before = asked.length;
    for (const key of ['NLP-1', 'NLP-2', 'NLP-3']) {
      words.menu(key);
      words.fact.assignee('Ada');
      words.fact.points(3);
    }
    expect(asked.slice(before)).toEqual(['ticket:card.assignee', 'ticket:card.points']);
  });
});

import { TICKET_TYPES, type TicketType } from '@trainyard/domain';
import type { TFunction } from 'i18next';

/** What cards say besides their own text. Made once a language: looking a sentence up takes as long as drawing the card. */
export interface CardWords {
  type: Readonly<Record<TicketType, string>>;
  menu(key: string): string;
  comments(count: number): string;
  points(count: number): string;
  assignee(name: string): string;
  labels(names: string): string;
}

export function cardWords(t: TFunction<['board', 'ticket']>): CardWords {
  return {
    type: Object.fromEntries(TICKET_TYPES.map((type) => [type, t(`ticket:type.${type}`)])) as Record<TicketType, string>,
    // every card has a key of its own, so there is nothing to remember: the sentence is taken apart instead
    menu: around((key) => t('card.menu', { key })),
    comments: remembered((count) => t('card.comments', { count })),
    points: remembered((count) => t('card.points', { count })),
    assignee: remembered((name) => t('card.assignee', { name })),
    labels: remembered((names) => t('card.labels', { names })),
  };
}

function around(say: (word: string) => string): (word: string) => string {
  const [before = '', after = ''] = say('\0').split('\0');
  return (word) => before + word + after;
}

function remembered<Fact extends string | number>(say: (fact: Fact) => string): (fact: Fact) => string {
  const known = new Map<Fact, string>();
  return (fact) => {
    const words = known.get(fact) ?? say(fact);
    known.set(fact, words);
    return words;
  };
}

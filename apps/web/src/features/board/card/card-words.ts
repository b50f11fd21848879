import { CARD_FACTS, PRIORITIES, TICKET_KINDS, type CardFact, type Priority, type Resolution, type TicketKind } from '@trainyard/domain';
import type { TFunction } from 'i18next';
import type { Format } from '../../../i18n/useFormat.ts';
import { today } from '../../lists/export-address.ts';

/** What cards say besides their own text. Made once a language: looking a sentence up takes as long as drawing the card. */
export interface CardWords {
  type: Readonly<Record<TicketKind, string>>;
  priority: Readonly<Record<Priority, string>>;
  /** By its keys. */
  blocked(keys: string): string;
  /** A day as short as it stays clear. */
  day(day: string): string;
  overdueShort(day: string): string;
  overdue(day: string): string;
  menu(key: string): string;
  /** How long it has been in its column: in short, and in a sentence. */
  days(count: number): string;
  age(count: number): string;
  /** It is one of those that the next action is for. */
  chosen: string;
  /** How a card ended that was not finished. */
  dropped: Readonly<Record<Exclude<Resolution, 'DONE'>, string>>;
  fact: Readonly<Record<CardFact, (value: string | number) => string>>;
}

export function cardWords(t: TFunction<['board', 'ticket']>, format: Pick<Format, 'shortDate'>): CardWords {
  const day = remembered((one) => format.shortDate(String(one), today()));
  return {
    type: Object.fromEntries(TICKET_KINDS.map((type) => [type, t(`ticket:type.${type}`)])) as Record<TicketKind, string>,
    priority: Object.fromEntries(PRIORITIES.map((priority) => [priority, t(`ticket:priority.${priority}`)])) as Record<Priority, string>,
    blocked: around((keys) => t('ticket:card.blocked', { value: keys })),
    day,
    overdueShort: remembered((one) => t('ticket:card.overdueShort', { value: day(one) })),
    overdue: remembered((one) => t('ticket:card.overdue', { value: day(one) })),
    // every card has a key of its own, so there is nothing to remember: the sentence is taken apart instead
    menu: around((key) => t('card.menu', { key })),
    days: remembered((count) => t('card.days', { count: Number(count) })),
    age: remembered((count) => t('card.age', { count: Number(count) })),
    chosen: t('card.chosen'),
    dropped: { CANCELLED: t('ticket:list.resolution.CANCELLED'), DUPLICATE: t('ticket:list.resolution.DUPLICATE') },
    fact: Object.fromEntries(
      CARD_FACTS.map((name) => [name, remembered((value) => t(`ticket:card.${name}`, typeof value === 'number' ? { count: value } : { value }))]),
    ) as CardWords['fact'],
  };
}

function around(say: (word: string) => string): (word: string) => string {
  const [before = '', after = ''] = say('\0').split('\0');
  return (word) => before + word + after;
}

function remembered(say: (fact: string | number) => string): (fact: string | number) => string {
  const known = new Map<string | number, string>();
  return (fact) => {
    const words = known.get(fact) ?? say(fact);
    known.set(fact, words);
    return words;
  };
}

import { normalForm } from '../text.ts';
import { TICKET_KINDS, type TicketKind } from './ticket.ts';

interface Named {
  id: string;
  name: string;
}

/** What can be named in a title. */
export interface ShorthandWords {
  people: readonly Named[];
  labels: readonly Named[];
  /** How each kind is called where the title is written; its own English word is known always. */
  kinds: Readonly<Record<TicketKind, string>>;
}

/** A title without its shorthand, and what that said. */
export interface Shorthand {
  title: string;
  type: TicketKind | null;
  assigneeId: string | null;
  labelIds: string[];
}

const TOKEN = /(^|\s)([@＠#＃!！])(\S+)/gu;

/**
 * Takes `@name`, `#label` and `!kind` out of a title. A word stands for the one thing that is called so, or else for the only one whose name
 * begins so (a person also by a later part of the name); one that fits nothing, or several, stays in the title, where it is seen.
 */
export function shorthandIn(text: string, words: ShorthandWords): Shorthand {
  const found: Shorthand = { title: '', type: null, assigneeId: null, labelIds: [] };
  const title = text.replace(TOKEN, (token: string, space: string, sign: string, word: string) => {
    const taken = '@＠'.includes(sign) ? person(found, word, words) : '#＃'.includes(sign) ? label(found, word, words) : kind(found, word, words);
    return taken ? space : token;
  });
  return { ...found, title: title.replace(/\s+/gu, ' ').trim() };
}

function person(found: Shorthand, word: string, { people }: ShorthandWords): boolean {
  const one = theOne(people, word, (name) => [name, ...name.split(/\s+/u)]);
  if (!one || found.assigneeId !== null) return false;
  found.assigneeId = one.id;
  return true;
}

function label(found: Shorthand, word: string, { labels }: ShorthandWords): boolean {
  const one = theOne(labels, word, (name) => [name, name.replace(/\s+/gu, '-')]);
  if (!one) return false;
  if (!found.labelIds.includes(one.id)) found.labelIds.push(one.id);
  return true;
}

function kind(found: Shorthand, word: string, { kinds }: ShorthandWords): boolean {
  const wanted = normalForm(word);
  const type = TICKET_KINDS.find((one) => normalForm(one) === wanted || normalForm(kinds[one]) === wanted);
  if (!type || found.type !== null) return false;
  found.type = type;
  return true;
}

/** The one that is called by this word: by its whole name, else by a part, else by how one of these begins. Null where that is none, or several. */
function theOne(things: readonly Named[], word: string, namesOf: (name: string) => string[]): Named | null {
  const wanted = normalForm(word);
  const fits: ((names: string[]) => boolean)[] = [
    ([whole]) => whole === wanted,
    (names) => names.includes(wanted),
    (names) => names.some((name) => name.startsWith(wanted)),
  ];
  const called = things.map((thing) => ({ thing, names: namesOf(thing.name).map(normalForm) }));
  for (const fit of fits) {
    const found = called.filter(({ names }) => fit(names));
    if (found.length > 0) return found.length === 1 ? found[0]!.thing : null;
  }
  return null;
}

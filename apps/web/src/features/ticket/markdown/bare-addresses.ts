import type { Link, PhrasingContent } from 'mdast';
import { findAndReplace, type RegExpMatchObject } from 'mdast-util-find-and-replace';
import type { Extension as TreeExtension } from 'mdast-util-from-markdown';
import type { Construct, Event, Extension, State, Token } from 'micromark-util-types';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    literalAutolink: 'literalAutolink';
    literalAutolinkHttp: 'literalAutolinkHttp';
    literalAutolinkWww: 'literalAutolinkWww';
  }
}

/** Letters and marks of Chinese, Japanese and Korean. An address that holds them is written `<https://…>` or as a link. */
const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef\u2014\u2018-\u201f\u2026`;
const BEGIN = String.raw`(?:https?:\/\/|www\.)(?![${CJK}])[\p{L}\p{N}]`;
const ADDRESS = String.raw`${BEGIN}[^\s<${CJK}]*`;
const BEGINS = new RegExp(`^${BEGIN}`, 'iu');
const LEADING = new RegExp(`^${ADDRESS}`, 'iu');
/** As many characters as `BEGIN` ever takes. */
const BEGIN_MAX = 'https://x'.length;
const ENDS = new RegExp(`[\\s<${CJK}]`, 'u');

/**
 * Reads bare addresses as GitHub does, but ends them before the Chinese that follows, and sees them directly after Chinese:
 * it is written without spaces, and a browser copies an address with its own Chinese encoded. It must be known while the text is
 * read: what an address swallows (`，**重要**[^1]`) is no Markdown any more.
 */
export const bareAddresses: Extension = {
  disable: { null: ['protocolAutolink', 'wwwAutolink'] },
  text: Object.fromEntries([...'hHwW'].map((letter) => [letter.charCodeAt(0), construct()])),
};

/** What the tree makes of them. Stands after GitHub's own, which it replaces. */
export const linksOfBareAddresses: TreeExtension = {
  exit: {
    literalAutolinkHttp(token) {
      this.config.exit.data?.call(this, token);
      const link = this.stack.at(-1);
      if (link?.type === 'link') link.url = urlOf(this.sliceSerialize(token));
    },
  },
};

/** Those in brackets that turned out to be no link, where the text itself is searched. Stands before GitHub's own search. */
export const linksInBrackets: TreeExtension = {
  transforms: [(tree) => findAndReplace(tree, [new RegExp(ADDRESS, 'giu'), linked], { ignore: ['link', 'linkReference'] })],
};

function construct(): Construct {
  return {
    name: 'bareAddress',
    previous: (code) => mayFollow(code === null || code < 0 ? '' : String.fromCharCode(code)),
    tokenize(effects, ok, nok) {
      const { events } = this;
      let text = '';
      let left = 0;
      const ahead: Construct = {
        partial: true,
        tokenize: (reading, there, nothing) => {
          const read: State = (code) => {
            const character = code === null || code < 0 ? ' ' : String.fromCharCode(code);
            if (text.length === BEGIN_MAX && (!BEGINS.test(text) || inBrackets(events))) return nothing(code);
            if (code === null || ENDS.test(character)) return there(code);
            text += character;
            reading.consume(code);
            return read;
          };
          return read;
        },
      };
      const decide: State = (code) => {
        const found = LEADING.exec(text)?.[0];
        if (found === undefined || inBrackets(events)) return nok(code);
        left = lengthOf(found);
        effects.enter('literalAutolink');
        effects.enter(isWww(found) ? 'literalAutolinkWww' : 'literalAutolinkHttp');
        return take(code);
      };
      const take: State = (code) => {
        if (left > 0) {
          left--;
          effects.consume(code);
          return take;
        }
        effects.exit(isWww(text) ? 'literalAutolinkWww' : 'literalAutolinkHttp');
        effects.exit('literalAutolink');
        return ok(code);
      };
      return effects.check(ahead, decide, nok);
    },
  };
}

function linked(found: string, { index, input }: RegExpMatchObject): PhrasingContent[] | false {
  if (!mayFollow(input.charAt(index - 1))) return false;
  const address = found.slice(0, lengthOf(found));
  const link: Link = { type: 'link', url: urlOf(address), children: [{ type: 'text', value: address }] };
  return address === found ? [link] : [link, { type: 'text', value: found.slice(address.length) }];
}

const isWww = (address: string): boolean => /^w/i.test(address);
/** A telephone begins a sentence with `Https`, which the sanitizer does not know. */
const urlOf = (address: string): string => (isWww(address) ? `http://${address}` : address.replace(/^https?/i, (scheme) => scheme.toLowerCase()));

/** Whether an address may begin after this character. */
function mayFollow(character: string): boolean {
  return !/[a-z\d]/i.test(character);
}

/** Tokens before which no bracket is open: the search for one ends here, so that many addresses cost no more than their number. */
const unbracketed = new WeakSet<Token>();

/** Whether a bracket is open that may still become that of a link, which holds no other link. */
function inBrackets(events: readonly Event[]): boolean {
  for (let i = events.length - 1; i >= 0; i--) {
    const token = events[i]?.[1];
    if (!token || unbracketed.has(token)) break;
    if ((token.type === 'labelLink' || token.type === 'labelImage') && !token._balanced) return true;
  }
  const last = events.at(-1)?.[1];
  if (last) unbracketed.add(last);
  return false;
}

/** How much of it is the address, and not the sentence's marks or the bracket around both. */
function lengthOf(address: string): number {
  const count = (mark: string): number => address.split(mark).length - 1;
  const closing: Record<string, number> = { ')': count(')') - count('('), ']': count(']') - count('[') };
  let end = address.length;
  for (; end > 0; end--) {
    const mark = address.charAt(end - 1);
    const open = closing[mark];
    if (open !== undefined && open > 0) closing[mark] = open - 1;
    else if (mark === ';') end -= (/&[a-z\d]+;$/i.exec(address.slice(Math.max(0, end - 32), end))?.[0].length ?? 1) - 1;
    else if (!/[.,:!?'"*_~]/.test(mark)) break;
  }
  return end;
}

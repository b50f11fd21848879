import type { Link, Nodes, Parents, Root, Text } from 'mdast';

/** Letters and marks of Chinese, Japanese and Korean. An address that holds them is written `<https://…>` or as a link. */
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef\u2014\u2018-\u201f\u2026]/u;
const WRITTEN_AS_LINK = /^[<[!]/;

/**
 * Ends a bare address before the Chinese that follows it without a space: GitHub's rule takes all up to the next space.
 * Chinese is written without spaces, and a browser copies an address with its own Chinese encoded.
 */
export function endBareAddresses() {
  return (tree: Root, file: { value: unknown }): void => visit(tree, String(file.value));
}

function visit(parent: Parents, source: string): void {
  for (let i = 0; i < parent.children.length; i++) {
    const node = parent.children[i] as Nodes;
    const rest = node.type === 'link' ? cut(node, source) : null;
    if (rest) parent.children.splice(i + 1, 0, rest as never);
    else if ('children' in node) visit(node, source);
  }
}

/** Shortens a bare address and gives back what did not belong to it. */
function cut(link: Link, source: string): Text | null {
  const [text] = link.children;
  const start = link.position?.start.offset;
  if (text?.type !== 'text' || link.children.length > 1 || (start !== undefined && WRITTEN_AS_LINK.test(source.slice(start, start + 1)))) return null;
  const end = endOf(text.value);
  if (end === text.value.length) return null;
  const rest: Text = { type: 'text', value: text.value.slice(end) };
  link.url = link.url.slice(0, link.url.length - rest.value.length);
  text.value = text.value.slice(0, end);
  return rest;
}

/** Where an address ends: before the first letter of the other script, and before the marks that stood between. */
function endOf(address: string): number {
  const scheme = /^[a-z]+:\/\//i.exec(address)?.[0].length ?? 0;
  // a host that is itself in Chinese is taken whole
  const host = CJK.test(address.charAt(scheme)) ? /[/?#]|$/.exec(address.slice(scheme))?.index ?? 0 : 0;
  const from = scheme + host;
  const found = CJK.exec(address.slice(from));
  if (!found) return address.length;
  let end = from + found.index;
  const count = (mark: string): number => address.slice(0, end).split(mark).length - 1;
  while (end > from && (/[.,:;!?'"*_~]/.test(address.charAt(end - 1)) || (address.charAt(end - 1) === ')' && count(')') > count('(')))) end--;
  return end;
}

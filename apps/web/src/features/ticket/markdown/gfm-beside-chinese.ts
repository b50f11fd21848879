import { gfmFromMarkdown } from 'mdast-util-gfm';
import { cjkFriendlyExtension } from 'micromark-extension-cjk-friendly';
import { gfm } from 'micromark-extension-gfm';
// says what a processor's data holds
import type {} from 'remark-parse';
import type { Processor } from 'unified';
import { bareAddresses, linksInBrackets, linksOfBareAddresses } from './bare-addresses.ts';

/**
 * GitHub's Markdown, with emphasis and bare addresses that stand beside Chinese without a space. What `remark-gfm` and
 * `remark-cjk-friendly` add for reading; what they bring for writing Markdown is a sixth of the whole chunk and has no use here.
 */
export function gfmBesideChinese(this: Processor): void {
  const data = this.data();
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), gfm(), cjkFriendlyExtension(), bareAddresses];
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), linksInBrackets, gfmFromMarkdown(), linksOfBareAddresses];
}

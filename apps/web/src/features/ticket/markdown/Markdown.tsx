import type { Element, ElementContent } from 'hast';
import { memo, useId, useMemo, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkBreaks from 'remark-breaks';
import { gfmBesideChinese } from './gfm-beside-chinese.ts';
import classes from './Markdown.module.css';

type RehypeOptions = NonNullable<Options['remarkRehypeOptions']>;
type Handlers = NonNullable<RehypeOptions['handlers']>;

/** A line that ends is a line that ends, as in comments elsewhere. */
const REMARK: Options['remarkPlugins'] = [gfmBesideChinese, remarkBreaks];
/** Vec<int> and a pasted <config> are text like any other; only a break is one, which tables need, and a note to nobody is not shown. */
const AS_WRITTEN: Handlers = {
  html: (_state, { value }: { value: string }, parent: { type: string } | undefined) => {
    const written = value.replace(/^<!--[^]*?-->/, '');
    if (written.trim() === '') return undefined;
    if (/^<br\s*\/?>$/i.test(value)) return element('br', []);
    const lines = written.split('\n').flatMap((line, i): ElementContent[] => [...(i > 0 ? [element('br', []), asText('\n')] : []), asText(line)]);
    return parent?.type === 'root' ? element('p', lines) : lines;
  },
};
const asText = (value: string): ElementContent => ({ type: 'text', value });
function element(tagName: string, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties: {}, children };
}

/** Follows a link within the text: the page neither changes its address nor opens another one. */
function follow(event: MouseEvent<HTMLAnchorElement>): void {
  event.preventDefault();
  const target = document.getElementById(decodeURIComponent(event.currentTarget.hash.slice(1)));
  if (!target) return;
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'center' });
}

const outward = { target: '_blank', rel: 'noreferrer noopener' } as const;

/** `prefix` is before every id of the body: footnotes of two bodies on a page must not meet. The sanitizer puts it before ids, we into links. */
function componentsOf(prefix: string): Components {
  return {
    a: ({ node: _node, href, children, ...rest }) =>
      href?.startsWith('#') ? (
        <a {...rest} href={`#${prefix}${href.slice(1)}`} onClick={follow}>
          {children}
        </a>
      ) : (
        <a href={href} {...outward}>
          {children}
        </a>
      ),
    // A picture elsewhere would tell its host who reads this, and the content policy refuses it: it is shown as what it is, a link.
    img: ({ src, alt }) => (
      <a href={typeof src === 'string' ? src : undefined} {...outward}>
        {alt || src}
      </a>
    ),
  };
}

/** Text as its author meant it. What could harm the reader is taken out; links open beside. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  const { t } = useTranslation('ticket');
  const prefix = `text${useId().replace(/\W/g, '')}-`;
  const { rehype, components } = useMemo(() => {
    const sanitized: NonNullable<Options['rehypePlugins']> = [[rehypeSanitize, { ...defaultSchema, clobberPrefix: prefix }]];
    return { rehype: sanitized, components: componentsOf(prefix) };
  }, [prefix]);
  const options = useMemo<RehypeOptions>(
    () => ({ handlers: AS_WRITTEN, clobberPrefix: '', footnoteLabel: t('markdown.footnotes'), footnoteBackLabel: t('markdown.back') }),
    [t],
  );
  return (
    <div className={classes.text}>
      <ReactMarkdown remarkPlugins={REMARK} remarkRehypeOptions={options} rehypePlugins={rehype} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  );
});

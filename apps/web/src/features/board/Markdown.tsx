import { memo } from 'react';
import ReactMarkdown, { type Components, type Options } from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import classes from './Markdown.module.css';

const REMARK = [remarkGfm];
const REHYPE = [rehypeSanitize];
/** Vec<int> and a pasted <config> are text like any other; only a break is one, which tables need, and a note to nobody is not shown. */
const AS_WRITTEN: NonNullable<Options['remarkRehypeOptions']> = {
  handlers: {
    html: (_state, { value }: { value: string }, parent: { type: string } | undefined) => {
      const written = value.replace(/^<!--[^]*?-->/, '');
      if (written.trim() === '') return undefined;
      if (/^<br\s*\/?>$/i.test(value)) return { type: 'element', tagName: 'br', properties: {}, children: [] };
      const text = { type: 'text', value: written } as const;
      return parent?.type === 'root' ? { type: 'element', tagName: 'p', properties: {}, children: [text] } : text;
    },
  },
};
const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  ),
  // A picture elsewhere would tell its host who reads this, and the content policy refuses it: it is shown as what it is, a link.
  img: ({ src, alt }) => (
    <a href={typeof src === 'string' ? src : undefined} target="_blank" rel="noreferrer noopener">
      {alt || src}
    </a>
  ),
};

/** Text as its author meant it. What could harm the reader is taken out; links open beside. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div className={classes.text}>
      <ReactMarkdown remarkPlugins={REMARK} remarkRehypeOptions={AS_WRITTEN} rehypePlugins={REHYPE} components={COMPONENTS}>
        {text}
      </ReactMarkdown>
    </div>
  );
});

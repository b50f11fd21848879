import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import type { Plugin } from 'vite';

const GUIDE = resolve(import.meta.dirname, '../../docs/guide');
const START = 'README';

/** A page of the guide: the name of its file, and its first heading. */
interface GuidePage {
  name: string;
  title: string;
  text: string;
}

/** In the order in which the first one names the others. */
export function guidePages(): GuidePage[] {
  const read = (name: string): GuidePage => {
    const text = readFileSync(join(GUIDE, `${name}.md`), 'utf8');
    return { name, title: /^# (.+)$/m.exec(text)?.[1] ?? name, text };
  };
  const start = read(START);
  return [start, ...[...start.text.matchAll(/\]\(([\w-]+)\.md\)/g)].map(([, name]) => read(name!))];
}

const fileOf = (name: string): string => (name === START ? 'index.html' : `${name}.html`);

/**
 * A page as HTML. Links among the pages stay; what is only where the source is (../) is named and not linked.
 */
export function guideHtml({ name, title, text }: GuidePage, pages: readonly GuidePage[]): string {
  const html = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()] })
    .replaceAll(/<a href="\.\.\/[^"]*">(.*?)<\/a>/g, '<em>$1</em>')
    .replaceAll(/<a href="([\w-]+)\.md(#[^"]*)?">/g, (_, to: string, part: string | undefined) => `<a href="${fileOf(to)}${part ?? ''}">`)
    .replaceAll(/<h2>(.*?)<\/h2>/g, (_, heading: string) => `<h2 id="${heading.toLowerCase().replaceAll(' ', '-')}">${heading}</h2>`)
    .replaceAll('<table>', '<table tabindex="0">');
  const others = pages.map((page) =>
    page.name === name ? `<span aria-current="page">${page.title}</span>` : `<a href="${fileOf(page.name)}">${page.title}</a>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} · Trainyard</title><link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="guide.css">
<nav aria-label="Guide"><a href="/">Trainyard</a>${others.join('')}</nav>
<main>${html}</main>
</html>
`;
}

/** Puts docs/guide beside the app, so that an installation has the guide of its own version, and needs no network for it. */
export const guide: Plugin = {
  name: 'guide',
  generateBundle() {
    const pages = guidePages();
    const put = (fileName: string, source: string | Uint8Array): void => void this.emitFile({ type: 'asset', fileName: `guide/${fileName}`, source });
    for (const page of pages) put(fileOf(page.name), guideHtml(page, pages));
    for (const image of readdirSync(join(GUIDE, 'images'))) put(`images/${image}`, readFileSync(join(GUIDE, 'images', image)));
    put('guide.css', readFileSync(join(import.meta.dirname, 'guide.css'), 'utf8'));
  },
};

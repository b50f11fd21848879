import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PICTURES } from '../../../infra/look/pictures.ts';
import { SCREENS } from '../../../infra/look/screens.ts';
import { guideHtml, guidePages } from '../guide.ts';

const GUIDE = resolve(import.meta.dirname, '../../../docs/guide');
const MAX_BYTES = 120_000;

describe('the guide', () => {
  const pages = guidePages();

  it('has each of its pages in the list of the first one', () => {
    const files = readdirSync(GUIDE).filter((file) => file.endsWith('.md'));
    expect(pages.map(({ name }) => `${name}.md`).toSorted()).toEqual(files.toSorted());
  });

  it('has pictures of screens that are there, each small and shown', () => {
    const shown = pages.flatMap(({ text }) => [...text.matchAll(/\]\(images\/([\w-]+)\.webp\)/g)].map(([, name]) => name));
    expect(shown.toSorted()).toEqual(PICTURES.map(({ name }) => name).toSorted());
    expect(readdirSync(join(GUIDE, 'images')).toSorted()).toEqual(PICTURES.map(({ name }) => `${name}.webp`).toSorted());
    for (const { name, screen } of PICTURES) {
      expect(SCREENS).toContain(screen);
      expect([name, statSync(join(GUIDE, 'images', `${name}.webp`)).size < MAX_BYTES]).toEqual([name, true]);
    }
  });

  it.each(pages)('leads from $name to what is there, as a file and in an installation', (page) => {
    for (const [, to] of page.text.matchAll(/\]\((?!https?:)([^)#]+)/g)) expect([to, existsSync(join(GUIDE, to!))]).toEqual([to, true]);
    const html = guideHtml(page, pages);
    for (const [, to] of html.matchAll(/href="([\w-]+)\.html/g)) expect(['index', ...pages.map(({ name }) => name)]).toContain(to);
    expect(html).not.toContain('href="../');
    for (const [, id] of html.matchAll(/href="[\w-]+\.html#([^"]+)"/g))
      expect(pages.some((other) => guideHtml(other, pages).includes(`id="${id}"`))).toBe(true);
    expect(readFileSync(join(GUIDE, `${page.name}.md`), 'utf8')).toBe(page.text);
  });
});

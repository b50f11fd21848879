import { fireEvent, render } from '@testing-library/react';
import { Markdown } from './Markdown.tsx';

const shown = (text: string): HTMLElement => render(<Markdown text={text} />).container;
const links = (page: HTMLElement): (string | null)[] => [...page.querySelectorAll('a')].map((link) => link.getAttribute('href'));

describe('Markdown', () => {
  it.each([
    ['std::vector<int> of <unk> tokens', 'std::vector<int> of <unk> tokens'],
    ['<config>\n  <lr>0.1</lr>\n</config>', '<config>\n  <lr>0.1</lr>\n</config>'],
    ['<script>alert(1)</script> https://example.org', '<script>alert(1)</script> https://example.org'],
    ['<!-- for the template -->\n\nseen', 'seen'],
    ['<!-- for the template --> and for us', ' and for us'],
    ['<!-- never closed\n\nbut written', '<!-- never closed\n\nbut written'],
  ])('shows %j as it was written', (text, expected) => {
    const page = shown(text);
    expect(page.textContent).toBe(expected);
    expect(page.querySelector('script, config')).toBeNull();
  });

  it('breaks the line of a table where it was told to', () => {
    expect(shown('| a |\n|---|\n| 1<br>2 |').querySelectorAll('td br')).toHaveLength(1);
  });

  it('ends a line where its author did', () => {
    const page = shown('first\nsecond\nthird\n\nnext\n\n```\na\nb\n```');
    expect([...page.querySelectorAll('p')].map((part) => part.querySelectorAll('br').length)).toEqual([2, 0]);
    expect(page.querySelector('code')?.textContent).toBe('a\nb\n');
    expect(shown('<config>\n<lr>').querySelectorAll('br')).toHaveLength(1);
  });

  it.each([
    ['**重要：**请先备份', '重要：'],
    ['请**“先备份”**再运行', '“先备份”'],
    ['这是**（必须）**的', '（必须）'],
    ['**注意！**不要删除**数据。**完', '注意！|数据。'],
    ['**bold** and 2 ** 3 ** 4', 'bold'],
  ])('makes of %j the words %j bold', (text, bold) => {
    expect([...shown(text).querySelectorAll('strong')].map((word) => word.textContent).join('|')).toBe(bold);
  });

  it.each([
    ['见https://example.com/a，谢谢', 'https://example.com/a'],
    ['https://example.com/a谢谢', 'https://example.com/a'],
    ['https://example.com/a。', 'https://example.com/a'],
    ['https://example.com/a,谢谢', 'https://example.com/a'],
    ['（https://example.com/a）', 'https://example.com/a'],
    ['(https://example.com/a_(b))', 'https://example.com/a_(b)'],
    ['(https://example.com/a_(b))谢谢', 'https://example.com/a_(b)'],
    ['https://example.com谢谢', 'https://example.com'],
    ['www.example.com/x谢谢', 'http://www.example.com/x'],
    ['https://example.com/é?q=ü#ß', 'https://example.com/%C3%A9?q=%C3%BC#%C3%9F'],
    ['https://example.com/a?b=c&d=e 谢谢', 'https://example.com/a?b=c&d=e'],
    ['见https://example.com/a', 'https://example.com/a'],
    ['见www.example.com，谢谢', 'http://www.example.com'],
    ['见：https://example.com/a\u3000谢谢', 'https://example.com/a'],
    ['https://example.com/a\u{20000}', 'https://example.com/a'],
    ['“https://example.com/a”。', 'https://example.com/a'],
    ['https://example.com/__init__.py~', 'https://example.com/__init__.py'],
    ['https://example.com/a&nbsq;', 'https://example.com/a'],
    ['[见https://example.com/a，谢谢]', 'https://example.com/a'],
    ['[1] https://example.com/a[0]', 'https://example.com/a%5B0%5D'],
    ['http://localhost:4000/a', 'http://localhost:4000/a'],
    ['见HTTPS://EXAMPLE.COM/a，谢谢', 'https://EXAMPLE.COM/a'],
    ['<https://zh.wikipedia.org/wiki/中文>。', 'https://zh.wikipedia.org/wiki/%E4%B8%AD%E6%96%87'],
    ['[中文](https://zh.wikipedia.org/wiki/中文)', 'https://zh.wikipedia.org/wiki/%E4%B8%AD%E6%96%87'],
  ])('finds in %j the address %j and loses no letter', (text, address) => {
    const page = shown(text);
    expect(links(page)).toEqual([address]);
    expect(page.textContent).toBe(/^[<[]/.test(text) ? (page.textContent ?? '') : text);
  });

  it.each(['以https://开头的地址', 'http://', 'https://。', 'xhttps://example.com', '1www.example.com', '`https://example.com`谢谢'])(
    'sees no address in %j',
    (text) => {
      const page = shown(text);
      expect(links(page)).toEqual([]);
      expect(page.textContent).toBe(text.replaceAll('`', ''));
    },
  );

  it('reads the Markdown that follows an address without a space', () => {
    const page = shown('见https://example.com/a，**重要**[^1]，`码`，[链](https://example.com/b)，https://example.com/c。\n\n[^1]: 脚注');
    expect(links(page).filter((href) => !href?.startsWith('#'))).toEqual(['https://example.com/a', 'https://example.com/b', 'https://example.com/c']);
    expect(page.querySelector('strong')?.textContent).toBe('重要');
    expect(page.querySelector('code')?.textContent).toBe('码');
    expect(page.querySelector('sup a')?.textContent).toBe('1');
    expect(shown('**见https://example.com/a**了').querySelector('strong a')?.getAttribute('href')).toBe('https://example.com/a');
    expect(links(shown('[见https://example.com/a](https://example.com/b)'))).toEqual(['https://example.com/b']);
  });

  it('jumps to a footnote and back within its own text, whatever other texts are on the page', () => {
    const note = 'One[^1] and again[^1].\n\n[^1]: The note.';
    const page = render(
      <>
        <Markdown text={note} />
        <Markdown text={note} />
      </>,
    ).container;
    const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const body of page.children) {
      const inner = [...body.querySelectorAll<HTMLAnchorElement>('a')];
      expect(inner).toHaveLength(4);
      for (const link of inner) {
        expect(link.getAttribute('target')).toBeNull();
        const target = document.getElementById(link.hash.slice(1));
        expect(target && body.contains(target)).toBe(true);
        expect(document.getElementById(link.getAttribute('aria-describedby') ?? '') ?? body.querySelector('li')).toBeTruthy();
        fireEvent.click(link);
        expect(document.activeElement).toBe(target);
      }
    }
    expect(location.hash).toBe('');
  });

  it.each([
    '[run](javascript:alert(1))',
    '[run](JaVaScRiPt:alert(1))',
    '[run](java\tscript:alert(1))',
    '[run](&#106;avascript:alert(1))',
    '[run](data:text/html;base64,PHNjcmlwdD4=)',
    '[run](vbscript:msgbox(1))',
    '[run][x]\n\n[x]: javascript:alert(1)',
    '<javascript:alert(1)>',
    '![x](javascript:alert(1))',
    '![x](x" onerror="alert(1))',
    '![x](data:image/svg+xml,<svg onload=alert(1)>)',
    '<img src=x onerror=alert(1)>',
    '<svg/onload=alert(1)>',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<a href="javascript:alert(1)" onclick=alert(1)>x</a>',
    '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
    '<style>*{display:none}</style>',
    '<form action="https://example.org"><input name=password>',
    '<base href="https://example.org">',
    '<details open ontoggle=alert(1)>',
    '| a |\n|---|\n| <br onclick=alert(1)> |',
    '[^<img src=x onerror=alert(1)>]\n\n[^<img src=x onerror=alert(1)>]: note',
    '[x](https://example.org "title\\" onmouseover=\\"alert(1)")',
    '[x](#"onclick="alert(1))',
    'https://example.org/"onmouseover="alert(1)谢谢',
    '```js onload=alert(1)\n<script>alert(1)</script>\n```',
  ])('makes nothing of %j that could run, ask or load', (text) => {
    const page = shown(text);
    expect(page.querySelector('script, iframe, img, svg, style, form, base, object, embed, link, meta, math, input:not([type=checkbox])')).toBeNull();
    for (const part of page.querySelectorAll('*')) {
      for (const { name } of part.attributes) expect(name).not.toMatch(/^on|^style$|^srcdoc$|^formaction$/i);
      const href = part.getAttribute('href') ?? '';
      expect(href === '' || /^(https?:|mailto:|#|[^:]*$)/i.test(href)).toBe(true);
      expect(href).not.toMatch(/^[^/?#]*script:/i);
    }
  });
});

import { render } from '@testing-library/react';
import { Markdown } from './Markdown.tsx';

const shown = (text: string): HTMLElement => render(<Markdown text={text} />).container;

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

  it('makes no link of what would run', () => {
    expect(shown('[run](javascript:alert(1))').querySelector('a')?.getAttribute('href') ?? '').toBe('');
  });
});

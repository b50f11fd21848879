import { screen } from '@testing-library/react';
import { renderApp } from '../../../../test/render.tsx';
import type { BoardColumnHead } from '../board-context.ts';
import { ColumnChoice } from './ColumnChoice.tsx';

const COLUMNS = ['Ideas', 'Ready', 'In progress', 'Done'].map((name, i) => ({ id: `column-${i + 1}`, name }) as BoardColumnHead);

async function choose(value: string | null) {
  const chosen: string[] = [];
  const rendered = await renderApp(<ColumnChoice columns={COLUMNS} value={value} onChange={(id) => chosen.push(id)} />);
  const field = await screen.findByRole('combobox');
  const active = (): string | undefined => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent ?? undefined;
  return { ...rendered, chosen, field, active, shown: () => screen.queryAllByRole('option').map(({ textContent }) => textContent) };
}

describe('the choice of a column', () => {
  it('begins at the column where the card lies, and goes round by the arrows', async () => {
    const { user, chosen, active, field } = await choose('column-1');
    expect(document.activeElement).toBe(field);
    expect(screen.getByRole('option', { selected: true }).textContent).toBe('Ideas1');
    expect(active()).toBe('Ideas1');
    await user.keyboard('{ArrowUp}');
    expect(active()).toBe('Done4');
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    expect(chosen).toEqual(['column-2']);
  });

  it.each([
    ['its number', '3', 'column-3'],
    ['a part of its name, whatever its case and width', 'ＰＲＯ{Enter}', 'column-3'],
  ])('takes %s', async (_, typed, id) => {
    const { user, chosen } = await choose('column-1');
    await user.keyboard(typed);
    expect(chosen).toEqual([id]);
  });

  it('takes a number for a letter once something is typed, and says when no column fits', async () => {
    const { user, chosen, shown } = await choose('column-1');
    await user.keyboard('d');
    expect(shown()).toEqual(['Ideas1', 'Ready2', 'Done4']);
    await user.keyboard('3{Enter}');
    expect(shown()).toEqual([]);
    expect(screen.getByRole('status').textContent).not.toBe('');
    expect(chosen).toEqual([]);
  });

  it('takes a click, and nothing before something is gone to', async () => {
    const { user, chosen, active } = await choose(null);
    expect(active()).toBeUndefined();
    await user.keyboard('{Enter}');
    expect(chosen).toEqual([]);
    await user.click(screen.getByRole('option', { name: /Done/ }));
    expect(chosen).toEqual(['column-4']);
  });
});

import { waitFor } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { rememberBoard } from '../project/recent-boards.ts';
import { useGoKeys } from './useGoKeys.ts';

function Page() {
  useGoKeys();
  return <input aria-label="field" />;
}

describe('G, then a letter', () => {
  it.each([
    ['d', '/datasets'],
    ['t', '/teams'],
    ['p', '/projects'],
    ['r', '/runs'],
    ['c', '/runners'],
    ['i', '/inbox'],
    ['b', '/projects'],
  ])('and %s lead to %s', async (key, place) => {
    const { user, address } = await renderApp(<Page />);
    await user.keyboard(`g${key}`);
    await waitFor(() => expect(address()).toBe(place));
  });

  it.each([
    [
      'Cyrillic',
      [
        ['п', 'KeyG'],
        ['в', 'KeyD'],
      ],
      '/datasets',
    ],
    [
      'Dvorak, where T stands in the place of K',
      [
        ['g', 'KeyU'],
        ['t', 'KeyK'],
      ],
      '/teams',
    ],
  ])('works on %s', async (_layout, presses, place) => {
    const { address } = await renderApp(<Page />);
    for (const [key, code] of presses) window.dispatchEvent(new KeyboardEvent('keydown', { key, code }));
    await waitFor(() => expect(address()).toBe(place));
  });

  it('leads to the board that was shown last', async () => {
    rememberBoard({ projectKey: 'NLP', boardId: 'board-1' });
    const { user, address } = await renderApp(<Page />);
    await user.keyboard('gb');
    await waitFor(() => expect(address()).toBe('/projects/NLP/board/board-1'));
  });

  it('is text where one writes, and nothing with other keys between', async () => {
    const { user, address, getByLabelText } = await renderApp(<Page />);
    await user.keyboard('gxt');
    await user.type(getByLabelText('field'), 'gt');
    expect((getByLabelText('field') as HTMLInputElement).value).toBe('gt');
    expect(address()).toBe('/');
  });

  it.each(['menu', 'dialog'])('is for the %s that is open, and leads nowhere', async (role) => {
    const { user, address } = await renderApp(
      <>
        <Page />
        <div role={role} aria-modal={role === 'dialog' ? true : undefined}>
          <button>gpu</button>
        </div>
      </>,
    );
    await user.keyboard('gp');
    expect(address()).toBe('/');
  });

  it('keeps the second key from the shortcuts of the page', async () => {
    const seen: string[] = [];
    const listen = (event: KeyboardEvent): void => void seen.push(event.key);
    const { user, address } = await renderApp(<Page />);
    window.addEventListener('keydown', listen);
    await user.keyboard('gc');
    window.removeEventListener('keydown', listen);
    await waitFor(() => expect(address()).toBe('/runners'));
    expect(seen).toEqual(['g']);
  });

  it('leaves Chinese being composed alone', async () => {
    const { user, address } = await renderApp(<Page />);
    await user.keyboard('g');
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 't', isComposing: true }));
    expect(address()).toBe('/');
  });
});

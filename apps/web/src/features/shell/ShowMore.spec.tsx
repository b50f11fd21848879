import { screen } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { ShowMore } from './ShowMore.tsx';

describe('reading on in a list', () => {
  it('says that it failed, again that it failed again, and goes on when it can', async () => {
    let asked = 0;
    const onMore = async (): Promise<void> => {
      asked += 1;
      if (asked < 3) throw new Error(`no answer ${asked}`);
    };
    const { user } = await renderApp(<ShowMore onMore={onMore} />);
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect((await screen.findByRole('alert')).textContent).toContain('went wrong');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(asked).toBe(2);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('button', { name: 'Show more' })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

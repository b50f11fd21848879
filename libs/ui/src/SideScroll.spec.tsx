import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { resizeAll } from '../test/browser-gaps.ts';
import { SideScroll } from './SideScroll.tsx';

afterEach(cleanup);

/** A window of 400 px onto something that is so wide. Scrolls to a place and says at which sides there is more. */
function open(width: number) {
  const { container } = render(
    <SideScroll label="People">
      <table />
    </SideScroll>,
  );
  const scroller = screen.getByRole('region', { name: 'People' });
  Object.defineProperties(scroller, { clientWidth: { value: 400 }, scrollWidth: { value: width } });
  resizeAll();
  const more = (): string[] => ['data-before', 'data-after'].filter((name) => container.firstElementChild?.hasAttribute(name));
  return { scroller, more, scrollTo: (left: number) => fireEvent.scroll(scroller, { target: { scrollLeft: left } }) };
}

describe('SideScroll', () => {
  it('says at which side there is more', async () => {
    const { scroller, more, scrollTo } = open(700);
    expect(more()).toEqual(['data-after']);
    scrollTo(100);
    // with the next frame
    await waitFor(() => expect(more()).toEqual(['data-before', 'data-after']));
    scrollTo(300);
    await waitFor(() => expect(more()).toEqual(['data-before']));
    expect(scroller.tabIndex).toBe(0);
  });

  it('says nothing, and is no stop for the keyboard, where everything is seen', () => {
    const { scroller, more } = open(400);
    expect(more()).toEqual([]);
    expect(scroller.hasAttribute('tabindex')).toBe(false);
  });
});

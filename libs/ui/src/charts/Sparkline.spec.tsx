import { cleanup, render, screen } from '@testing-library/react';
import { Sparkline, sparklinePath } from './Sparkline.tsx';

afterEach(cleanup);

it('draws over its own range, highest at the top', () => {
  expect(sparklinePath([0, 10, 5], 103, 23)).toBe('M1.5 21.5L51.5 1.5L101.5 11.5');
});

it('draws level values in the middle, one value as a dot, nothing for nothing', () => {
  expect(sparklinePath([4, 4], 103, 20)).toBe('M1.5 10.0L101.5 10.0');
  expect(sparklinePath([4], 100, 20)).toBe('M51.5 10.0h0');
  expect(sparklinePath([], 100, 20)).toBe('');
});

it('leaves a gap where a value is no number, and a lone point between gaps stays visible', () => {
  expect(sparklinePath([0, Number.NaN, 10, Number.NaN, 0], 103, 23)).toBe('M1.5 21.5h0M51.5 1.5h0M101.5 21.5h0');
});

it('is decoration unless it is named', () => {
  const { rerender } = render(<Sparkline values={[1, 2]} />);
  expect(screen.queryByRole('img')).toBeNull();
  rerender(<Sparkline values={[1, 2]} label="Loss so far" />);
  expect(screen.getByRole('img', { name: 'Loss so far' })).toBeTruthy();
});

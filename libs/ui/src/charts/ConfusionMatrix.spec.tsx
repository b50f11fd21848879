import { cleanup, render, screen, within } from '@testing-library/react';
import { ConfusionMatrix, recallOf } from './ConfusionMatrix.tsx';

afterEach(cleanup);

const labels = { caption: 'Confusion matrix', actual: 'Actual', predicted: 'Predicted as', recall: 'Recall', precision: 'Precision', none: '–' };

describe('ConfusionMatrix', () => {
  it('reads as a table: counts by actual and predicted class, recall by row, precision by column', () => {
    render(
      <ConfusionMatrix
        classes={['cat', 'dog']}
        counts={[
          [8, 2],
          [0, 10],
        ]}
        labels={labels}
        formatCount={String}
        formatShare={(share) => `${share * 100}%`}
      />,
    );
    const table = within(screen.getByRole('region', { name: 'Confusion matrix' })).getByRole('table');
    expect(within(table).getByRole('row', { name: 'cat 8 2 80%' })).toBeTruthy();
    expect(within(table).getByRole('row', { name: 'dog 0 10 100%' })).toBeTruthy();
    expect(within(table).getByRole('row', { name: /^Precision 100% 83\.3/ })).toBeTruthy();
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map((head) => head.textContent),
    ).toEqual(['Actual', 'Predicted as', 'cat', 'dog', 'Recall']);
  });

  it('marks right answers by more than hue, and shades a single mistake', () => {
    render(
      <ConfusionMatrix
        classes={['a', 'b']}
        counts={[
          [999, 1],
          [0, 5],
        ]}
        labels={labels}
        formatCount={String}
        formatShare={String}
      />,
    );
    const cell = (text: string) => screen.getByText(text, { selector: 'td[style]' });
    expect(cell('999').hasAttribute('data-right')).toBe(true);
    expect(cell('1').hasAttribute('data-right')).toBe(false);
    expect(parseFloat(cell('1').style.getPropertyValue('--share'))).toBeGreaterThan(5);
    expect(cell('0').style.getPropertyValue('--share')).toBe('0%');
  });

  it('has no recall for a class without samples', () => {
    expect(
      recallOf([
        [3, 1],
        [0, 0],
      ]),
    ).toEqual([0.75, null]);
  });
});

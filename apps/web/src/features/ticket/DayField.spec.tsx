import { fireEvent, screen } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { DayField } from './DayField.tsx';

const field = async (value: string | null = null) => {
  const saved: (string | null)[] = [];
  await renderApp(<DayField label="Due date" value={value} onSave={(day) => saved.push(day)} />);
  return { saved, input: await screen.findByLabelText<HTMLInputElement>('Due date') };
};

describe('a field for a day', () => {
  it('saves the text of the day', async () => {
    const { saved, input } = await field();
    fireEvent.change(input, { target: { value: '2026-01-05' } });
    fireEvent.blur(input);
    expect(saved).toEqual(['2026-01-05']);
  });

  it('saves when it is left or by Enter, not while a year is typed', async () => {
    const { saved, input } = await field('2026-01-05');
    for (const typed of ['0002-03-01', '0020-03-01', '0202-03-01', '2027-03-01']) fireEvent.change(input, { target: { value: typed } });
    expect(saved).toEqual([]);
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(saved).toEqual(['2027-03-01']);
  });

  it('keeps what is no day to be had, with the reason, and gives it up by Esc', async () => {
    const { saved, input } = await field('2026-01-05');
    fireEvent.change(input, { target: { value: '0026-01-05' } });
    fireEvent.blur(input);
    expect(await screen.findByText('This is not a date from 1900 to 2999')).toBeTruthy();
    expect([saved, input.value]).toEqual([[], '0026-01-05']);
    fireEvent.keyDown(input, { key: 'Escape' });
    expect(input.value).toBe('2026-01-05');
  });

  it('takes the day away when it is emptied', async () => {
    const { saved, input } = await field('2026-01-05');
    fireEvent.change(input, { target: { value: '' } });
    fireEvent.blur(input);
    expect(saved).toEqual([null]);
  });
});

import { jest } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { chartPicture } from './chart-picture.ts';
import { SlotChart, type ChartStop, type SlotChartProps } from './SlotChart.tsx';

afterEach(cleanup);

const look = { color: '--x', dash: [3, 3] };
const days = ['26 Oct', '27 Oct', '28 Oct'];
const props: SlotChartProps = {
  label: 'Burndown',
  unit: 'Points',
  formatY: String,
  slots: days.map((day) => ({ key: day, name: `${day} 2026`, tick: day })),
  layers: [
    { kind: 'STEPS', key: 'left', name: 'Remaining', look, points: [{ x: 0.4, y: 40 }], until: 2, values: [40, 35, null] },
    { kind: 'AREA', key: 'done', name: 'Done', look, fill: 'RISING', low: [0, 0, null], high: [0, 5, null], values: [0, 5, null] },
  ],
};
const plot = (): HTMLElement => screen.getByRole('group', { name: 'Burndown' });
const heard = (container: HTMLElement): string => container.querySelector('[aria-live]')?.textContent ?? '';

describe('a chart of slots', () => {
  it('is read out slot by slot with the arrow keys, and opens one with Enter', () => {
    const onOpen = jest.fn<(stop: ChartStop, layer: string | null) => void>();
    const { container } = render(<SlotChart {...props} onOpen={onOpen} />);
    expect(heard(container)).toBe('');
    fireEvent.keyDown(plot(), { key: 'Enter' });
    expect(onOpen).not.toHaveBeenCalled();
    fireEvent.keyDown(plot(), { key: 'Home' });
    fireEvent.keyDown(plot(), { key: 'ArrowRight' });
    expect(heard(container)).toBe('27 Oct 2026: Remaining 35, Done 5');
    fireEvent.keyDown(plot(), { key: 'Enter' });
    expect(onOpen.mock.calls[0]?.[0].key).toBe('27 Oct');
    fireEvent.keyDown(plot(), { key: 'End' });
    fireEvent.keyDown(plot(), { key: 'ArrowRight' });
    expect(heard(container)).toBe('28 Oct 2026: ');
    fireEvent.keyDown(plot(), { key: 'Escape' });
    expect(heard(container)).toBe('');
  });

  it('leaves other keys to the page', () => {
    render(<SlotChart {...props} />);
    expect(fireEvent.keyDown(plot(), { key: 'j' })).toBe(true);
    expect(fireEvent.keyDown(plot(), { key: 'ArrowLeft' })).toBe(false);
  });

  it('says in its legend what was last where nobody points', () => {
    const { container } = render(<SlotChart {...props} />);
    expect(container.textContent).toContain('Remaining35');
  });

  it('says the values of a stop where it has its own', () => {
    const stops: ChartStop[] = [
      { key: '0', x: 0.4, name: '26 Oct, 09:30', values: { left: 40 } },
      { key: '1', x: 0.7, name: '26 Oct, 17:00', values: { left: 38.5, done: 1.5 } },
    ];
    const { container } = render(<SlotChart {...props} stops={stops} />);
    expect(container.textContent).toContain('Remaining35');
    fireEvent.keyDown(plot(), { key: 'End' });
    expect(heard(container)).toBe('26 Oct, 17:00: Remaining 38.5, Done 1.5');
    expect(container.textContent).toContain('Remaining38.5');
    fireEvent.keyDown(plot(), { key: 'ArrowLeft' });
    expect(heard(container)).toBe('26 Oct, 09:30: Remaining 40');
  });

  it('goes from dot to dot where dots are its stops', () => {
    const stops = [
      { key: 'a', x: 0.2, y: 3, name: 'A-1', says: 'A-1: 3 days' },
      { key: 'b', x: 1.7, y: 9, name: 'A-2', says: 'A-2: 9 days' },
    ];
    const { container } = render(<SlotChart {...props} layers={[]} stops={stops} isLog />);
    fireEvent.keyDown(plot(), { key: 'ArrowLeft' });
    expect(heard(container)).toBe('A-2: A-2: 9 days');
  });

  it('is drawn without slots', () => {
    render(<SlotChart {...props} slots={[]} layers={[]} />);
    expect(fireEvent.keyDown(plot(), { key: 'End' })).toBe(true);
  });

  it('tells its areas apart by fills and not by colour alone', () => {
    const { container } = render(<SlotChart {...props} />);
    expect(container.querySelectorAll('defs pattern path').length).toBeGreaterThan(0);
  });
});

it('a picture has the title, what it is of, the drawing and the legend', () => {
  const { container } = render(<SlotChart {...props} />);
  const drawn = container.querySelector('svg[viewBox]') as SVGSVGElement;
  const picture = chartPicture(drawn, {
    title: 'Burndown of Sprint 1',
    lines: ['Atlas (ATL)', 'As of 28 Oct'],
    legend: [
      { name: 'Remaining', color: '--x', dash: [], sign: 'LINE' },
      { name: 'Done', color: '--x', dash: [], sign: 'AREA' },
    ],
  });
  expect([...picture.querySelectorAll(':scope > text')].map(({ textContent }) => textContent)).toEqual([
    'Burndown of Sprint 1',
    'Atlas (ATL)',
    'As of 28 Oct',
    'Remaining',
    'Done',
  ]);
  expect(picture.querySelector('svg path')).not.toBeNull();
  expect(Number(picture.getAttribute('height'))).toBeGreaterThan(Number(drawn.getAttribute('height')));
  expect(picture.querySelector('[class]')).toBeNull();
});

import { act, renderHook } from '@testing-library/react';
import { useRowSelection } from './useRowSelection.ts';

const ALL = ['a', 'b', 'c', 'd', 'e'];

it('makes all rows between two as the first of them is', () => {
  const { result } = renderHook(() => useRowSelection<never>(() => ''));
  const toggle = (id: string, range = false): string[] => {
    act(() => result.current.toggle(id, ALL, range));
    return [...result.current.selected].sort();
  };
  expect(toggle('b')).toEqual(['b']);
  expect(toggle('d', true)).toEqual(['b', 'c', 'd']);
  expect(toggle('a', true)).toEqual(['a', 'b', 'c', 'd']);
  // taken back in the same way
  expect(toggle('c')).toEqual(['a', 'b', 'd']);
  expect(toggle('a', true)).toEqual(['d']);
  act(() => result.current.setAll(['d', 'e'], true));
  expect([...result.current.selected]).toEqual(['d', 'e']);
  // with nothing before it in sight, a range is the row alone
  act(() => result.current.toggle('x', ['x', 'y'], true));
  expect([...result.current.selected]).toEqual(['d', 'e', 'x']);
  act(() => result.current.clear());
  expect(result.current.selected.size).toBe(0);
});

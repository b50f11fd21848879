import { ROOMS } from './rooms.ts';

const twice = (names: readonly string[]): string[] => names.filter((name, i) => names.indexOf(name) !== i);

describe('the rooms together', () => {
  it('lead from G and a letter to one place each', () => {
    const letters = ROOMS.flatMap(({ goKeys = [] }) => goKeys.map(({ letter }) => letter));
    expect(letters.length).toBeGreaterThan(0);
    expect(twice(letters)).toEqual([]);
  });

  it('show each place once', () => {
    const places = ROOMS.flatMap((room) => (room.places ?? []).map(({ to, search }) => `${to} ${search?.query ?? ''}`));
    expect(places.length).toBeGreaterThan(0);
    expect(twice(places)).toEqual([]);
  });

  it('keep a field of a type in one way', () => {
    const fields = ROOMS.flatMap(({ typePolicies = {} }) =>
      Object.entries(typePolicies).flatMap(([type, policy]) => Object.keys(policy.fields ?? {}).map((field) => `${type}.${field}`)),
    );
    expect(fields.length).toBeGreaterThan(0);
    expect(twice(fields)).toEqual([]);
  });
});

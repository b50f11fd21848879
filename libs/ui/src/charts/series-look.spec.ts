import { seriesLook } from './series-look.ts';

it('gives neighbours neither colour nor dash in common, and sixteen runs sixteen looks', () => {
  const looks = Array.from({ length: 16 }, (_, i) => seriesLook(i));
  expect(new Set(looks.map((look) => `${look.color} ${look.dash.join(' ')}`)).size).toBe(16);
  looks.slice(1).forEach((look, i) => {
    expect(look.color).not.toBe(looks[i]?.color);
    expect(look.dash).not.toEqual(looks[i]?.dash);
  });
});

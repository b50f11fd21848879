/** Whether a series has one point alone: no line leads to it, so it is seen only where it is marked. */
export function isLonePoint(values: ArrayLike<number | null | undefined>): boolean {
  let points = 0;
  for (let i = 0; i < values.length && points < 2; i++) if (Number.isFinite(values[i])) points += 1;
  return points === 1;
}

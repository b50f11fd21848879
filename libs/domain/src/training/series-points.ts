/** Points of one series: parallel arrays; null, or not a number, stands for a value that is not finite. */
export interface SeriesPoints {
  steps: readonly number[];
  values: readonly (number | null)[];
}

import classes from './Sparkline.module.css';

export interface SparklineProps {
  /** Oldest first; what is not finite leaves a gap. */
  values: readonly number[];
  /** CSS pixels. */
  width?: number;
  height?: number;
  /** What the curve shows, for those who do not see it. Without it the curve is decoration beside its number. */
  label?: string;
}

/** A curve without axes, scaled to its own range: the shape is the message, the number stands beside it. */
export function Sparkline({ values, width = 72, height = 18, label }: SparklineProps) {
  const accessible = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return (
    <svg className={classes.root} width={width} height={height} viewBox={`0 0 ${width} ${height}`} {...accessible}>
      <path className={classes.line} d={sparklinePath(values, width, height)} />
    </svg>
  );
}

/** SVG path of `values` over the box, with room for the stroke; one point becomes a dot, all equal a level line. */
export function sparklinePath(values: readonly number[], width: number, height: number): string {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return '';
  const low = Math.min(...finite);
  const range = Math.max(...finite) - low;
  const inset = 1.5;
  const x = (index: number): number => inset + (values.length < 2 ? width / 2 : (index / (values.length - 1)) * (width - 2 * inset));
  const y = (value: number): number => (range === 0 ? height / 2 : inset + (1 - (value - low) / range) * (height - 2 * inset));
  let pen = 'M';
  let path = '';
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) {
      pen = 'M';
      return;
    }
    const next = values[index + 1];
    const alone = pen === 'M' && (next === undefined || !Number.isFinite(next));
    path += `${pen}${x(index).toFixed(1)} ${y(value).toFixed(1)}${alone ? 'h0' : ''}`;
    pen = 'L';
  });
  return path;
}

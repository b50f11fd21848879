import { memo } from 'react';
import classes from './SlotChart.module.css';
import type { SlotGeometry } from './slot-geometry.ts';
import { areaPaths, barsPath, cutText, dotsPath, linePath, stepsPath, textWidth, type ChartLayer, type ChartLevel, type ChartSlot } from './slot-layers.ts';

export interface SlotDrawingProps {
  id: string;
  geometry: SlotGeometry;
  slots: readonly ChartSlot[];
  layers: readonly ChartLayer[];
  levels: readonly ChartLevel[];
  formatY: (y: number) => string;
  unit: string;
  areNamed: boolean;
  now: number | null;
}

/** The names at both ends stay within the picture. */
const within = (x: number, text: string, right: number): number => Math.max(textWidth(text) / 2, Math.min(x, right + END - textWidth(text) / 2));
const END = 12;

/** What of a chart stays while one points at it. */
export const SlotDrawing = memo(function SlotDrawing({ id, geometry, slots, layers, levels, formatY, unit, areNamed, now }: SlotDrawingProps) {
  const { left, top, right, bottom, slotWidth, across, up, ticks, named, levels: names } = geometry;
  return (
    <>
      <defs>
        {layers.map((layer) => (layer.kind === 'AREA' || layer.kind === 'BARS') && <FillPattern key={layer.key} id={`${id}${layer.key}`} layer={layer} />)}
        <clipPath id={`${id}clip`}>
          <rect x={left} y={top - 4} width={right - left + 4} height={bottom - top + 5} />
        </clipPath>
      </defs>
      {slots.map(
        ({ key, isShaded }, i) =>
          isShaded && <rect key={key} className={classes.shade} x={across(i)} y={top} width={across(i + 1) - across(i)} height={bottom - top} />,
      )}
      <text className={classes.unit} x={0} y={12}>
        {unit}
      </text>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={classes.grid} x1={left} x2={right} y1={up(tick)} y2={up(tick)} />
          <text className={classes.tick} x={left - 7} y={up(tick)} textAnchor="end" dominantBaseline="middle">
            {formatY(tick)}
          </text>
        </g>
      ))}
      {named.map((i) => {
        const tick = slots[i]?.tick ?? '';
        const name = areNamed ? cutText(tick, slotWidth - 6) : tick;
        return (
          <g key={slots[i]?.key}>
            <line className={classes.mark} x1={across(i + 0.5)} x2={across(i + 0.5)} y1={bottom} y2={bottom + 4} />
            <text className={classes.tick} x={within(across(i + 0.5), name, right)} y={bottom + 18} textAnchor="middle">
              {name}
            </text>
          </g>
        );
      })}
      <g clipPath={`url(#${id}clip)`}>
        {layers.map((layer) => (
          <Layer key={layer.key} layer={layer} fill={`url(#${id}${layer.key})`} across={across} up={up} />
        ))}
      </g>
      {levels.map(({ key, name, y, look }, i) => (
        <g key={key}>
          <line x1={left} x2={right} y1={up(y)} y2={up(y)} stroke={`var(${look.color})`} strokeWidth={1.25} strokeDasharray={look.dash.join(' ')} />
          <text className={classes.level} x={right} y={names[i]} textAnchor="end">
            {name}
          </text>
        </g>
      ))}
      {now !== null && <line className={classes.now} x1={across(now)} x2={across(now)} y1={top} y2={bottom} />}
    </>
  );
});

interface LayerProps {
  layer: ChartLayer;
  fill: string;
  across: (x: number) => number;
  up: (y: number) => number;
}

function Layer({ layer, fill, across, up }: LayerProps) {
  const stroke = `var(${layer.look.color})`;
  const dash = layer.look.dash.join(' ');
  switch (layer.kind) {
    case 'STEPS':
      return (
        <path className={classes.line} d={stepsPath(layer.points, layer.until, across, up)} stroke={stroke} strokeDasharray={dash} data-thin={layer.isThin} />
      );
    case 'LINE':
      return <path className={classes.line} d={linePath(layer.points, across, up)} stroke={stroke} strokeDasharray={dash} data-thin={layer.isThin} />;
    case 'AREA': {
      const { area, edge } = areaPaths(layer.low, layer.high, across, up);
      return (
        <>
          <path d={area} fill={fill} />
          <path className={classes.line} d={edge} stroke={stroke} />
        </>
      );
    }
    case 'BARS':
      return <path className={classes.bar} d={barsPath(layer, across, up)} fill={fill} stroke={stroke} />;
    case 'DOTS':
      return <path className={classes.dots} d={dotsPath(layer.dots, layer.shape, across, up)} stroke={stroke} data-shape={layer.shape} />;
  }
}

/** Colour and strokes: one of them is told apart without the other. */
function FillPattern({ id, layer }: { id: string; layer: Extract<ChartLayer, { kind: 'AREA' | 'BARS' }> }) {
  const color = `var(${layer.look.color})`;
  const stroke = { stroke: color, strokeWidth: 1, strokeOpacity: 0.55 };
  return (
    <pattern id={id} width={8} height={8} patternUnits="userSpaceOnUse">
      <rect width={8} height={8} fill={color} fillOpacity={layer.fill === 'PLAIN' ? 0.42 : 0.16} />
      {(layer.fill === 'RISING' || layer.fill === 'CROSSED') && <path d="M-2 2l4 -4M0 8l8 -8M6 10l4 -4" {...stroke} />}
      {(layer.fill === 'FALLING' || layer.fill === 'CROSSED') && <path d="M-2 6l4 4M0 0l8 8M6 -2l4 4" {...stroke} />}
      {layer.fill === 'LEVEL' && <path d="M0 2h8M0 6h8" {...stroke} />}
      {layer.fill === 'DOTTED' && <path d="M2 2h0.01M6 6h0.01" {...stroke} strokeWidth={2} strokeLinecap="round" />}
    </pattern>
  );
}

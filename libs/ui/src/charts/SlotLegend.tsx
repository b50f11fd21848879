import { useId } from 'react';
import classes from './SlotChart.module.css';
import type { ChartLayer, ChartLevel } from './slot-layers.ts';

export interface SlotLegendProps {
  layers: readonly ChartLayer[];
  levels: readonly ChartLevel[];
  /** What is said of a layer; null: nothing. */
  valueOf: (layer: ChartLayer) => number | null;
  where: string;
  formatY: (y: number) => string;
}

/** What is drawn how, and how high it is where one points. */
export function SlotLegend({ layers, levels, valueOf, where, formatY }: SlotLegendProps) {
  return (
    <div className={classes.legend}>
      {layers.map((layer) => {
        const value = valueOf(layer);
        return (
          <span key={layer.key} className={classes.entry}>
            <LayerSign layer={layer} />
            <span>{layer.name}</span>
            {layer.values.length > 0 && <span className={classes.value}>{value === null ? '' : formatY(value)}</span>}
          </span>
        );
      })}
      {levels.map(({ key, name, y, look }) => (
        <span key={key} className={classes.entry}>
          <svg width={20} height={10} aria-hidden="true">
            <line x1={0} x2={20} y1={5} y2={5} stroke={`var(${look.color})`} strokeWidth={1.5} strokeDasharray={look.dash.join(' ')} />
          </svg>
          <span>{name}</span>
          <span className={classes.value}>{formatY(y)}</span>
        </span>
      ))}
      <span className={classes.where}>{where}</span>
    </div>
  );
}

function LayerSign({ layer }: { layer: ChartLayer }) {
  const id = useId();
  const color = `var(${layer.look.color})`;
  return (
    <svg width={20} height={12} aria-hidden="true" className={classes.sign}>
      {layer.kind === 'DOTS' ? (
        <rect
          x={6}
          y={2}
          width={8}
          height={8}
          rx={layer.shape === 'ROUND' ? 4 : 0}
          fill={color}
          transform={layer.shape === 'DIAMOND' ? 'rotate(45 10 6)' : undefined}
        />
      ) : layer.kind === 'AREA' || layer.kind === 'BARS' ? (
        <>
          <defs>
            <pattern id={id} width={6} height={6} patternUnits="userSpaceOnUse">
              <rect width={6} height={6} fill={color} fillOpacity={layer.fill === 'PLAIN' ? 0.42 : 0.16} />
              {(layer.fill === 'RISING' || layer.fill === 'CROSSED') && <path d="M0 6l6 -6" stroke={color} />}
              {(layer.fill === 'FALLING' || layer.fill === 'CROSSED') && <path d="M0 0l6 6" stroke={color} />}
              {layer.fill === 'LEVEL' && <path d="M0 3h6" stroke={color} />}
              {layer.fill === 'DOTTED' && <path d="M3 3h0.01" stroke={color} strokeWidth={2} strokeLinecap="round" />}
            </pattern>
          </defs>
          <rect x={0.5} y={0.5} width={19} height={11} rx={2} fill={`url(#${id})`} stroke={color} />
        </>
      ) : (
        <line x1={0} x2={20} y1={6} y2={6} stroke={color} strokeWidth={layer.isThin ? 1.25 : 2} strokeDasharray={layer.look.dash.join(' ')} />
      )}
    </svg>
  );
}

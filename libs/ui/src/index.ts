export { Delayed } from './Delayed.tsx';
export { EmptyState } from './EmptyState.tsx';
export { ConfirmDialog } from './ConfirmDialog.tsx';
export { ClassBalance } from './charts/ClassBalance.tsx';
export { ConfusionMatrix } from './charts/ConfusionMatrix.tsx';
export { DigitImage } from './charts/DigitImage.tsx';
export { LineChart, Swatch, type ChartData, type ChartSeries, type ChartSource } from './charts/LineChart.tsx';
export { seriesLook, type SeriesLook } from './charts/seriesLook.ts';
export { Sparkline } from './charts/Sparkline.tsx';

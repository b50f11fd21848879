import type { ComponentType } from 'react';
import type { Report } from '../reports.ts';
import { AgeingReport } from './AgeingReport.tsx';
import { BacktestReport } from './BacktestReport.tsx';
import { BurnReport } from './BurnReport.tsx';
import { CumulativeFlowReport } from './CumulativeFlowReport.tsx';
import { CycleTimeReport } from './CycleTimeReport.tsx';
import { EfficiencyReport } from './EfficiencyReport.tsx';
import { ForecastReport } from './ForecastReport.tsx';
import { SprintReport } from './SprintReport.tsx';
import { ThroughputReport } from './ThroughputReport.tsx';
import { VelocityReport } from './VelocityReport.tsx';

export const REPORT_PARTS: Readonly<Record<Report, ComponentType>> = {
  burndown: BurnReport,
  burnup: BurnReport,
  sprint: SprintReport,
  velocity: VelocityReport,
  'cumulative-flow': CumulativeFlowReport,
  throughput: ThroughputReport,
  'cycle-time': CycleTimeReport,
  ageing: AgeingReport,
  efficiency: EfficiencyReport,
  forecast: ForecastReport,
  backtest: BacktestReport,
};

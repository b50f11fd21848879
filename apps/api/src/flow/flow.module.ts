import { Module } from '@nestjs/common';
import { StaffingModule } from '../staffing/staffing.module.ts';
import { CountedTicketsReader } from './counted-tickets.reader.ts';
import { CountedTicketsResolver } from './counted-tickets.resolver.ts';
import { EpicReader } from './epic.reader.ts';
import { ForecastReader } from './forecast.reader.ts';
import { FlowReader } from './flow.reader.ts';
import { FlowResolver } from './flow.resolver.ts';
import { ReportDays } from './report-days.ts';
import { ResourceReader } from './resource.reader.ts';
import { SprintFlowReader } from './sprint-flow.reader.ts';
import { WaitReader } from './wait.reader.ts';

@Module({
  imports: [StaffingModule],
  providers: [
    CountedTicketsReader,
    CountedTicketsResolver,
    EpicReader,
    FlowReader,
    FlowResolver,
    ForecastReader,
    ReportDays,
    ResourceReader,
    SprintFlowReader,
    WaitReader,
  ],
})
export class FlowModule {}

import { Module } from '@nestjs/common';
import { StaffingModule } from '../staffing/staffing.module.ts';
import { CountedTicketsReader } from './counted-tickets.reader.ts';
import { CountedTicketsResolver } from './counted-tickets.resolver.ts';
import { DoneReader } from './done.reader.ts';
import { EpicReader } from './epic.reader.ts';
import { ForecastReader } from './forecast.reader.ts';
import { FlowReader } from './flow.reader.ts';
import { FlowResolver } from './flow.resolver.ts';
import { KeptAnswers } from './kept-answers.ts';
import { LookBackReader } from './look-back.reader.ts';
import { ReportDays } from './report-days.ts';
import { ResourceReader } from './resource.reader.ts';
import { SprintDayReader } from './sprint-day.reader.ts';
import { SprintFlowReader } from './sprint-flow.reader.ts';
import { SprintFlowResolver } from './sprint-flow.resolver.ts';
import { WaitReader } from './wait.reader.ts';

@Module({
  imports: [StaffingModule],
  providers: [
    ...[CountedTicketsResolver, FlowResolver, SprintFlowResolver],
    ...[CountedTicketsReader, DoneReader, EpicReader, FlowReader, ForecastReader, KeptAnswers, LookBackReader],
    ...[ReportDays, ResourceReader, SprintDayReader, SprintFlowReader, WaitReader],
  ],
})
export class FlowModule {}

import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.ts';
import { BoardModule } from '../board/board.module.ts';
import { SubjectModule } from '../subject/subject.module.ts';
import { TrainingModule } from '../training/training.module.ts';
import { AutomationReader } from './automation.reader.ts';
import { ActivityRuleResolver, FiringChangeResolver, RuleFiringResolver, RuleResolver } from './automation.resolver.ts';
import { AutomationService } from './automation.service.ts';
import { LiveRulesResolver } from './live-rules.resolver.ts';
import { RehearsalReader } from './rehearsal.reader.ts';
import { UndoService } from './undo.service.ts';

@Module({
  imports: [ActivityModule, BoardModule, SubjectModule, TrainingModule],
  providers: [
    ActivityRuleResolver,
    AutomationReader,
    AutomationService,
    FiringChangeResolver,
    LiveRulesResolver,
    RehearsalReader,
    RuleFiringResolver,
    RuleResolver,
    UndoService,
  ],
})
export class AutomationModule {}

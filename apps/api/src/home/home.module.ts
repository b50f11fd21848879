import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { ProjectModule } from '../project/project.module.ts';
import { HomeResolver } from './home.resolver.ts';
import { HomeService } from './home.service.ts';
import { ProjectBests } from './project-best.ts';
import { WorkNews } from './work-news.service.ts';
import { WorkReader } from './work.reader.ts';
import { ProjectBestResolver, WorkResolver } from './work.resolver.ts';

@Module({
  imports: [AccessModule, ProjectModule],
  providers: [HomeResolver, HomeService, ProjectBestResolver, ProjectBests, WorkNews, WorkReader, WorkResolver],
})
export class HomeModule {}

import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { HomeResolver } from './home.resolver.ts';
import { HomeService } from './home.service.ts';
import { WorkNews } from './work-news.service.ts';

@Module({ imports: [AccessModule], providers: [HomeResolver, HomeService, WorkNews] })
export class HomeModule {}

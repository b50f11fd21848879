import { Module } from '@nestjs/common';
import { DatasetLoader } from './dataset.loader.ts';
import { DatasetReadingResolver, DatasetResolver } from './dataset.resolver.ts';
import { InspectionService } from './inspection.service.ts';
import { DatasetService } from './dataset.service.ts';
import { UploadController } from './upload.controller.ts';
import { UploadQuota } from './upload-quota.service.ts';

import { DatasetContents } from './dataset-contents.ts';

import { ProjectModule } from '../project/project.module.ts';

@Module({
  imports: [ProjectModule],
  controllers: [UploadController],
  providers: [DatasetContents, DatasetLoader, DatasetReadingResolver, DatasetResolver, DatasetService, InspectionService, UploadQuota],
  exports: [DatasetLoader, InspectionService],
})
export class DatasetModule {}

import { Module } from '@nestjs/common';
import { ProjectResolver } from './project.resolver.ts';

@Module({ providers: [ProjectResolver] })
export class ProjectModule {}

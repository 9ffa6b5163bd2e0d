import { Module } from '@nestjs/common';
import { LateAnnotationResolver } from './late-annotation.resolver.ts';

@Module({ providers: [LateAnnotationResolver] })
export class LateAnnotationModule {}

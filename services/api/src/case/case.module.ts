import { Module } from '@nestjs/common';
import { CaseResolver } from './case.resolver.ts';

@Module({ providers: [CaseResolver] })
export class CaseModule {}

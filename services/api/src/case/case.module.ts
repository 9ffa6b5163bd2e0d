import { Module } from '@nestjs/common';
import { CaseSourceResolver } from './case-source.resolver.ts';
import { CaseResolver } from './case.resolver.ts';

@Module({ providers: [CaseResolver, CaseSourceResolver] })
export class CaseModule {}

import { Module } from '@nestjs/common';
import { AdjudicationResolver } from './adjudication.resolver.ts';
import { CaseAdjudicationResolver } from './case-adjudication.resolver.ts';

@Module({ providers: [AdjudicationResolver, CaseAdjudicationResolver] })
export class AdjudicationModule {}

import { Module } from '@nestjs/common';
import { ExplainResolver } from './explain.resolver.ts';

@Module({ providers: [ExplainResolver] })
export class ExplainModule {}

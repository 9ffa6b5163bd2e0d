import { Module } from '@nestjs/common';
import { TriageResolver } from './triage.resolver.ts';

@Module({ providers: [TriageResolver] })
export class TriageModule {}

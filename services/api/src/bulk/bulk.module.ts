import { Module } from '@nestjs/common';
import { BulkResolver } from './bulk.resolver.ts';
import { CaseAssignmentResolver } from './case-assignment.resolver.ts';

@Module({ providers: [BulkResolver, CaseAssignmentResolver] })
export class BulkModule {}

import { Module } from '@nestjs/common';
import { OperationsResolver } from './operations.resolver.ts';

@Module({ providers: [OperationsResolver] })
export class OperationsModule {}

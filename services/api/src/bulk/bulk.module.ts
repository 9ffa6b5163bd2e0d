import { Module } from '@nestjs/common';
import { BulkResolver } from './bulk.resolver.ts';

@Module({ providers: [BulkResolver] })
export class BulkModule {}

import { Module } from '@nestjs/common';
import { DraftResolver } from './draft.resolver.ts';

@Module({ providers: [DraftResolver] })
export class DraftModule {}

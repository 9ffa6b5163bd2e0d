import { Module } from '@nestjs/common';
import { ChangeResolver } from './change.resolver.ts';

@Module({ providers: [ChangeResolver] })
export class ChangeModule {}
